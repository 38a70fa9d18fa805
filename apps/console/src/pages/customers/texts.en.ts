export const en = {
  title: "Customers",
  create: "New customer",
  filters: "Filters",
  textFilter: "Name, e-mail, phone or id",
  statusFilter: "Status",
  anyStatus: "Any",
  fromFilter: "Balance due from",
  untilFilter: "Balance due up to",
  name: "Name",
  email: "E-mail",
  phone: "Phone",
  status: "Status",
  class: "Class",
  balanceDue: "Balance due",
  created: "Created",
  ACTIVE: "Active",
  SUSPENDED: "Suspended",
  CLOSED: "Closed",
  none: "No customers yet.",
  noneFiltered: "No customer matches the filters.",
};

export type CustomersTexts = typeof en;
