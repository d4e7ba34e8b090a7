/** A reader's text as it stands on the page: its blocks, and where each of its characters is. The page is only looked at. */

import { shownBlocksOf } from "../blocks.js";

/** @typedef {import("../blocks.js").Run} Run */

/** A page that changes is read again once it has been still for so long, in milliseconds. */
const STILL = 300;
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

/**
 * The element whose text a reader reads.
 *
 * @param {import("./leitmotif-reader.js").LeitmotifReader} host
 * @returns {Element | null} null: it is not there
 */
export function targetOf(host) {
  const { target } = host;
  if (target === null) return host;
  if (target instanceof Element) return target;
  try {
    const root = host.getRootNode();
    return (root instanceof ShadowRoot ? root.querySelector(target) : null) ?? host.ownerDocument.querySelector(target);
  } catch {
    // No selector: nothing is found by it.
    return null;
  }
}

/** Watches a text of the page, or waits for it. */
export class TextWatch {
  /** @type {MutationObserver | null} */
  #changes = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #still;

  /** @param {() => void} changed called when the page is still again */
  constructor(changed) {
    this.changed = changed;
  }

  /**
   * @param {Element | null} element null: it is not there yet
   * @param {Document} document
   */
  follow(element, document) {
    this.stop();
    this.#changes = new MutationObserver(() => {
      clearTimeout(this.#still);
      this.#still = setTimeout(this.changed, STILL);
    });
    this.#changes.observe(element ?? document, { childList: true, subtree: true, characterData: element !== null });
  }

  stop() {
    this.#changes?.disconnect();
    this.#changes = null;
    clearTimeout(this.#still);
  }
}
