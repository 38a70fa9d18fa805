import { PAPER } from "./paper.js";
import { type Pen } from "./pen.js";

/** Where on which page the next thing goes. Further pages begin with a head of their own. */
export class Sheet {
  private isFirst = true;
  y: number = PAPER.top;

  /** @param head draws the head of a further page. @returns where its content begins */
  constructor(
    readonly pen: Pen,
    private readonly head: () => number,
  ) {
    this.turn();
  }

  /** Turns the page unless there is room for so much. @returns whether it did */
  makeRoom(height: number): boolean {
    if (this.y + height <= PAPER.bottom) return false;
    this.turn();
    return true;
  }

  private turn(): void {
    this.pen.addPage();
    this.y = this.isFirst ? PAPER.top : this.head();
    this.isFirst = false;
  }
}
