/** A reader's text as it stands on the page: its blocks, and where each of its characters is. The page is only looked at. */

import { shownBlocksOf } from "../blocks.js";

/** @typedef {import("../blocks.js").Run} Run */

/** Between two blocks: the engine splits there again. */
const BETWEEN = "\n\n";

export class PageText {
  /** @type {Run[]} of the whole text, in order */
  #runs = [];

  /** @param {Iterable<Node>} nodes whose text it is */
  constructor(nodes) {
    const blocks = shownBlocksOf(nodes);
    let at = 0;
    for (const { text, runs } of blocks) {
      for (const run of runs) this.#runs.push({ ...run, at: run.at + at });
      at += text.length + BETWEEN.length;
    }
    this.source = blocks.map(({ text }) => text).join(BETWEEN);
    this.blocks = blocks.map(({ text, hint }) => ({ text, hint }));
  }

  /**
   * Where a part of the text stands, from its first character to its last.
   *
   * @param {number} start in `source`, UTF-16
   * @param {number} end
   * @returns {StaticRange | null} null: the page has changed since
   */
  rangeOf(start, end) {
    const runs = this.#runs.filter(({ at, length }) => at < end && at + length > start);
    const [first, last] = [runs[0], runs.at(-1)];
    if (!first || !last) return null;
    const startOffset = first.offset + Math.max(0, start - first.at);
    const endOffset = last.offset + Math.min(last.length, end - last.at);
    if (!first.node.isConnected || !last.node.isConnected || startOffset > first.node.length || endOffset > last.node.length) return null;
    return new StaticRange({ startContainer: first.node, startOffset, endContainer: last.node, endOffset });
  }
}

/** The nodes that are an element's own text: not what fills its slots. @param {Element} element */
export const ownText = (element) => [...element.childNodes].filter((node) => !(node instanceof Element && node.hasAttribute("slot")));
