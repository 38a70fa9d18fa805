import { describe, it } from "vitest";
import { givenFor } from "../spec-support/given.js";
import { type MainProductEvent } from "./events.js";
import {
  addOnProductEvolver,
  defineAddOnProduct,
  defineMainProduct,
  defineVolumeDiscountPlan,
  mainProductEvolver,
  reviseMainProduct,
  volumeDiscountPlanEvolver,
} from "./products.js";

/** The policies and tariffs that the catalog has. */
const items = { servicePolicies: new Set(["policy-1"]), tariffs: new Map([["tariff-1", "USD"]]) };

describe("an add-on product", () => {
  const given = givenFor(addOnProductEvolver);
  const item = {
    addOnProductId: "add-on-1",
    name: "Turbo 1 GB",
    service: "Internet",
    quota: "1 GB",
    volumeDiscountPlanId: null,
  };

  it("is defined", () => {
    given()
      .when(() => defineAddOnProduct({ ...item, name: " Turbo 1 GB", on: "2020-07-01" }, { planExists: false, items }))
      .then([{ type: "AddOnProductDefined", data: { ...item, effectiveOn: "2020-07-01" } }]);
  });

  it("may refer to a volume discount plan of the catalog, to no other", () => {
    const planned = { ...item, quota: null, volumeDiscountPlanId: "plan-1", on: "2020-07-01" };
    given()
      .when(() => defineAddOnProduct(planned, { planExists: true, items }))
      .then([
        {
          type: "AddOnProductDefined",
          data: { ...item, quota: null, volumeDiscountPlanId: "plan-1", effectiveOn: "2020-07-01" },
        },
      ]);
    given()
      .when(() => defineAddOnProduct(planned, { planExists: false, items }))
      .thenRejected("VALIDATION_FAILED", "volumeDiscountPlanId");
  });

  it("needs a name and a service", () => {
    given()
      .when(() => defineAddOnProduct({ ...item, name: "", on: "2020-07-01" }, { planExists: true, items }))
      .thenRejected("VALIDATION_FAILED", "name");
    given()
      .when(() => defineAddOnProduct({ ...item, service: " ", on: "2020-07-01" }, { planExists: true, items }))
      .thenRejected("VALIDATION_FAILED", "service");
  });
});

describe("a volume discount plan", () => {
  const given = givenFor(volumeDiscountPlanEvolver);
  const item = {
    volumeDiscountPlanId: "plan-1",
    name: "Internet 1 GB",
    service: "Internet",
    quota: "1",
    unit: "GB",
    thresholds: [{ from: "0.5", percent: "10" }],
  };

  it("is defined", () => {
    given()
      .when(() => defineVolumeDiscountPlan({ ...item, on: "2020-07-01" }))
      .then([{ type: "VolumeDiscountPlanDefined", data: { ...item, effectiveOn: "2020-07-01" } }]);
  });

  it.each([
    ["name", { name: "" }],
    ["service", { service: "" }],
    ["unit", { unit: "" }],
    ["quota", { quota: "-1" }],
    ["quota", { quota: "1 GB" }],
    ["thresholds.from", { thresholds: [{ from: "half", percent: "10" }] }],
    ["thresholds.percent", { thresholds: [{ from: "0.5", percent: "10%" }] }],
  ])("with a wrong %s is refused: %j", (field, changes) => {
    given()
      .when(() => defineVolumeDiscountPlan({ ...item, ...changes, on: "2020-07-01" }))
      .thenRejected("VALIDATION_FAILED", field);
  });
});

describe("a main product", () => {
  const given = givenFor(mainProductEvolver);
  const known = { unknownAddOns: [], items };
  const item = { mainProductId: "main-1", name: "Smart call", addOnProductIds: ["add-on-1"] };
  const defined: MainProductEvent = { type: "MainProductDefined", data: { ...item, effectiveOn: "2020-07-01" } };

  it("is defined with the add-on products that it allows", () => {
    given()
      .when(() => defineMainProduct({ ...item, name: "Smart call ", on: "2020-07-01" }, known))
      .then([defined]);
  });

  it("needs a name, and add-on products of the catalog", () => {
    given()
      .when(() => defineMainProduct({ ...item, name: "", on: "2020-07-01" }, known))
      .thenRejected("VALIDATION_FAILED", "name");
    given()
      .when(() => defineMainProduct({ ...item, on: "2020-07-01" }, { unknownAddOns: ["add-on-1"], items }))
      .thenRejected("VALIDATION_FAILED", "addOnProductIds");
  });

  it("revised keeps what is left out", () => {
    given(defined)
      .when((state) => reviseMainProduct({ addOnProductIds: ["add-on-2"], on: "2020-08-01" }, state, known))
      .then([
        {
          type: "MainProductRevised",
          data: { name: "Smart call", addOnProductIds: ["add-on-2"], effectiveOn: "2020-08-01" },
        },
      ]);
    given(defined, {
      type: "MainProductRevised",
      data: { name: "Smart call", addOnProductIds: ["add-on-2"], effectiveOn: "2020-08-01" },
    })
      .when((state) => reviseMainProduct({ name: "Smart", on: "2020-09-01" }, state, known))
      .then([
        {
          type: "MainProductRevised",
          data: { name: "Smart", addOnProductIds: ["add-on-2"], effectiveOn: "2020-09-01" },
        },
      ]);
  });

  it("is not revised where there is none, nor to what the catalog does not have", () => {
    given()
      .when((state) => reviseMainProduct({ name: "Smart", on: "2020-08-01" }, state, known))
      .thenRejected("VALIDATION_FAILED", "mainProductId");
    given(defined)
      .when((state) => reviseMainProduct({ on: "2020-08-01" }, state, { unknownAddOns: ["x"], items }))
      .thenRejected("VALIDATION_FAILED", "addOnProductIds");
    given(defined)
      .when((state) => reviseMainProduct({ name: " ", on: "2020-08-01" }, state, known))
      .thenRejected("VALIDATION_FAILED", "name");
  });
});
