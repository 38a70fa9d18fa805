import { type Logo } from "#domain/providers/document-details.js";
import { type Content } from "../content.js";
import { logoFile } from "./logo.js";
import { PAPER, WIDTH } from "./paper.js";
import { leading, type Pen, style, type Style } from "./pen.js";

const LOGO = { width: 190, height: 54 } as const;
const ISSUER = { x: 300, width: PAPER.right - 300 } as const;
/** Where envelopes have their window. */
const RECIPIENT = { y: 138, width: 236 } as const;
const FACTS = { x: 316, width: PAPER.right - 316 } as const;

const name = style(14, "accent", "bold");
const reach = style(7.5, "soft");
const strongReach = style(7.5, "ink", "bold");
const sender = style(6, "soft");
const recipient = style(10);
const strongRecipient = style(10, "ink", "bold");
const label = style(8, "soft");
const value = style(8.5);
const heading = style(20, "accent", "bold");
const amountLabel = style(9.5, "ink", "bold");
const amountNote = style(8.5, "soft");
const amount = style(19, "accent", "bold");

/** The head of the first page, from the issuer to the amount. @returns where what follows begins */
export const firstHead = (pen: Pen, content: Content): number => {
  const below = drawIssuer(pen, content);
  const recipientEnd = drawRecipient(pen, content, Math.max(below + 18, RECIPIENT.y));
  const factsEnd = drawFacts(pen, content, Math.max(below + 18, RECIPIENT.y));
  const y = Math.max(recipientEnd + 12, factsEnd, 232) + 10;
  return drawAmount(pen, content, drawTitle(pen, content, y));
};

const drawIssuer = (pen: Pen, { issuer }: Content): number => {
  let left: number = PAPER.top;
  const logo = issuer.logo && drawable(issuer.logo);
  if (logo) {
    pen.tagged(
      pen.root,
      "Figure",
      () => {
        pen.picture(logo, PAPER.left, PAPER.top, LOGO.width, LOGO.height);
      },
      issuer.name,
    );
    left += LOGO.height;
  } else {
    left = block(pen, pen.wrapped(issuer.name, LOGO.width + 50, name), PAPER.left, left, name);
  }
  const lines = issuer.lines.flatMap((line) => pen.wrapped(line, ISSUER.width, reach));
  const named = logo ? pen.wrapped(issuer.name, ISSUER.width, strongReach) : [];
  let right: number = PAPER.top;
  pen.tagged(pen.root, "P", () => {
    for (const [texts, look] of [
      [named, strongReach],
      [lines, reach],
    ] as const) {
      for (const line of texts) {
        pen.textToLeftOf(line, PAPER.right, right, look);
        right += leading(look);
      }
    }
  });
  return Math.max(left, right);
};

/** A logo that cannot be drawn must not keep an invoice from being one: the name stands in its place. */
const drawable = (logo: Logo): Buffer | null => {
  try {
    return logoFile(logo);
  } catch {
    return null;
  }
};

const drawRecipient = (pen: Pen, content: Content, top: number): number => {
  const [address] = content.issuer.lines;
  pen.artifact(() => {
    const line = [content.issuer.name, address].filter((part) => part !== undefined).join(" · ");
    pen.text(pen.wrapped(line, RECIPIENT.width, sender)[0] ?? "", PAPER.left, top, sender);
  });
  const [first = "", ...others] = content.recipient;
  const y = block(pen, pen.wrapped(first, RECIPIENT.width, strongRecipient), PAPER.left, top + 14, strongRecipient);
  const lines = others.flatMap((line) => pen.wrapped(line, RECIPIENT.width, recipient));
  return lines.length === 0 ? y : block(pen, lines, PAPER.left, y, recipient);
};

const drawFacts = (pen: Pen, { facts }: Content, top: number): number => {
  let y = top;
  for (const fact of facts) {
    const lines = pen.wrapped(fact.value, FACTS.width * 0.56, value);
    pen.tagged(pen.root, "P", () => {
      pen.text(fact.label, FACTS.x, y + 0.5, label);
      lines.forEach((line, index) => {
        pen.textToLeftOf(line, PAPER.right, y + index * leading(value), value);
      });
    });
    const bottom = y + lines.length * leading(value) + 3;
    pen.artifact(() => {
      pen.rule(bottom - 1, "rule", 0.4, FACTS.x);
    });
    y = bottom + 3;
  }
  return y;
};

const drawTitle = (pen: Pen, { title }: Content, top: number): number => {
  const lines = pen.wrapped(title, WIDTH, heading);
  let y = top;
  pen.tagged(pen.root, "H1", () => {
    for (const line of lines) {
      pen.text(line, PAPER.left, y, heading);
      y += leading(heading);
    }
  });
  return y + 6;
};

const drawAmount = (pen: Pen, { amount: told }: Content, top: number): number => {
  const height = 46;
  pen.artifact(() => {
    pen.box(PAPER.left, top, WIDTH, height, "tint");
    pen.box(PAPER.left, top, 3, height, "accent");
  });
  const isNoted = told.note !== "";
  pen.tagged(pen.root, "P", () => {
    pen.text(told.label, PAPER.left + 16, top + (isNoted ? 10 : 16), amountLabel);
    pen.text(told.note, PAPER.left + 16, top + 24, amountNote);
    pen.textToLeftOf(told.amount, PAPER.right - 14, top + 10, amount);
  });
  return top + height + 16;
};

/** Lines below each other, as one paragraph. @returns where the next would be */
const block = (pen: Pen, lines: readonly string[], x: number, top: number, look: Style): number => {
  let y = top;
  pen.tagged(pen.root, "P", () => {
    for (const line of lines) {
      pen.text(line, x, y, look);
      y += leading(look);
    }
  });
  return y;
};

const running = style(7.5, "soft");
const strongRunning = style(7.5, "accent", "bold");

/** The head of a further page: who writes to whom about what. @returns where what follows begins */
export const furtherHead = (pen: Pen, content: Content): number => {
  const [to = ""] = content.recipient;
  pen.artifact(() => {
    pen.text(pen.wrapped(content.issuer.name, 200, strongRunning)[0] ?? "", PAPER.left, PAPER.top, strongRunning);
    const about = `${content.title}, ${content.carriedOn}`;
    const line = pen.wrapped(to, 270 - pen.widthOf(about, running), running)[0] ?? "";
    pen.textToLeftOf(`${line}  ·  ${about}`, PAPER.right, PAPER.top, running);
    pen.rule(PAPER.top + 14, "accent", 0.8);
  });
  return PAPER.top + 28;
};

const foot = style(6.5, "soft");

/** The foot of every page. */
export const drawFoot = (pen: Pen, content: Content, page: number, of: number): void => {
  pen.artifact(() => {
    pen.rule(PAPER.foot - 8);
    pen.textToLeftOf(content.page(page, of), PAPER.right, PAPER.foot, foot);
    pen.wrapped(content.footer, WIDTH - 90, foot).forEach((line, index) => {
      pen.text(line, PAPER.left, PAPER.foot + index * leading(foot), foot);
    });
  });
};
