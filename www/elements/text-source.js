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
   * Where a part of the text stands: several ranges where the page has elements in it.
   *
   * @param {number} start in `source`, UTF-16
   * @param {number} end
   * @returns {StaticRange[]}
   */
  rangesOf(start, end) {
    return this.#runs.flatMap(({ at, node, offset, length }) => {
      const from = Math.max(at, start);
      const to = Math.min(at + length, end);
      // The page may have changed since.
      if (from >= to || offset + to - at > node.length) return [];
      return [new StaticRange({ startContainer: node, startOffset: offset + from - at, endContainer: node, endOffset: offset + to - at })];
    });
  }
}

/** The nodes that are an element's own text: not what fills its slots. @param {Element} element */
export const ownText = (element) => [...element.childNodes].filter((node) => !(node instanceof Element && node.hasAttribute("slot")));
