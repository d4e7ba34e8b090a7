/** How a reading looks: profile, strip, list. */

export const READING_RULES = `
/* The profile */

.share-bars { margin-block: var(--gap); }
.profile table { width: 100%; margin-block: 0.5rem; border-collapse: collapse; font-size: 0.875rem; }
.profile th, .profile td { padding: 0.25rem 0; text-align: start; vertical-align: middle; }
.profile th[scope="col"] { color: var(--soft); font-weight: 400; white-space: nowrap; }
.profile th[scope="row"] { font-weight: 500; padding-inline-end: 0.75rem; white-space: nowrap; }
.profile th:last-child, .profile td:last-child { padding-inline-start: 0.75rem; text-align: end; font-variant-numeric: tabular-nums; }
.profile th:nth-child(2), .profile .share { inline-size: 100%; }
.profile .share { display: flex; align-items: center; gap: 0.5rem; font-variant-numeric: tabular-nums; }
.bar {
  inline-size: calc(var(--length) * (100% - 3.25rem));
  block-size: 0.875rem;
  border-start-end-radius: 0.1875rem;
  border-end-end-radius: 0.1875rem;
  background: var(--solid);
}

.glyph { flex: none; inline-size: 1em; block-size: 1em; margin-inline-end: 0.4em; vertical-align: -0.125em; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }
.profile .glyph { color: var(--solid); }

/* The strip and its legend */

.portrait { position: var(--leitmotif-strip-position, static); inset-block-start: 0; z-index: 2; background: var(--surface); margin-block: var(--gap) 0.5rem; padding-block: 0.5rem; border-block-end: 1px solid var(--line); }
.strip { display: grid; grid-template-rows: 100%; grid-auto-flow: column; gap: 1px; block-size: 1.75rem; cursor: pointer; border-radius: 0.25rem; overflow: hidden; background: var(--surface); }
/* Their lengths are the strip's business: cells that look the same are worked out once. */
.cell { min-inline-size: 1px; }
.cell.several { display: flex; flex-direction: column; gap: 1px; }
.cell > .part { flex: 1; pointer-events: none; }
.part { background: var(--solid); }
.part.unsure, .unsure > .part { background: repeating-linear-gradient(135deg, var(--solid) 0 3px, transparent 3px 6px); }
.part.theme-none { background: var(--tint); box-shadow: inset 0 -3px 0 var(--solid); }
.part.theme-none.unsure, .unsure > .part.theme-none { background: repeating-linear-gradient(135deg, var(--tint) 0 3px, transparent 3px 6px); }
.cell.out { background: var(--ground); block-size: 30%; align-self: end; }
.cell.unread { background: var(--line); }
.cell.here { outline: 3px solid var(--ink); outline-offset: -3px; }
.strip:focus-visible { outline-offset: 1px; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 0.375rem; margin-block-start: 0.5rem; }
/* It is filled after the first paragraphs are there, which must not move then: about so many rows it will have. */
.legend:empty { min-block-size: 1.75rem; }
@container (max-width: 50rem) { .legend:empty { min-block-size: 3.75rem; } }
@container (max-width: 26rem) { .legend:empty { min-block-size: 5.75rem; } }
@container (max-width: 20rem) { .legend:empty { min-block-size: 7.75rem; } }
@container (min-width: 36rem) { .legend:empty:lang(zh) { min-block-size: 1.75rem; } }
@container (max-width: 26rem) { .legend:empty:lang(zh) { min-block-size: 3.75rem; } }
@container (max-width: 20rem) { .legend:empty:lang(zh) { min-block-size: 5.75rem; } }
.key { display: inline-flex; align-items: center; min-height: 1.75rem; padding: 0 0.5rem; font-size: 0.8125rem; border-color: var(--line); }
.key .glyph { color: var(--solid); }
.number { font-variant-numeric: tabular-nums; white-space: pre; }

/* The list */

.paragraphs { margin: 0; padding: 0; list-style: none; }
.paragraphs:focus { outline: none; }
/* What is off the screen is neither laid out nor painted. */
.paragraph { position: relative; padding-block: 0.75rem; padding-inline: 1.125rem 0.25rem; content-visibility: auto; contain-intrinsic-size: auto 8rem; }
/* What is seen first is known to be seen: the browser need not lay the page out to find that out, and then again. */
.paragraph.first { content-visibility: visible; contain: content; }
/* Clear of the strip that sticks above the list when the keys go there. */
.paragraph, .head, .verdict { scroll-margin-block: 9rem 1rem; }
.paragraph + .paragraph { border-block-start: 1px solid var(--line); }
.paragraph.active { background: linear-gradient(to right, var(--ground), transparent); }
.paragraph.active:dir(rtl) { background: linear-gradient(to left, var(--ground), transparent); }

.rail { position: absolute; inset-block: 0.75rem; inset-inline-start: 0.25rem; inline-size: var(--leitmotif-rail, 0.25rem); display: flex; flex-direction: column; gap: 2px; }
.rail span { flex: 1; border-radius: 2px; background: var(--solid); }
.unsure .rail span { background: repeating-linear-gradient(var(--solid) 0 5px, transparent 5px 9px); }

.head { display: flex; align-items: center; gap: 0.25rem 0.75rem; margin-block-end: 0.25rem; font-size: 0.875rem; min-width: 0; }
.verdict { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.375rem; flex: none; max-inline-size: 100%; min-height: 1.75rem; padding: 0 0.125rem; border-color: transparent; text-align: start; margin-inline-start: -0.125rem; background: transparent; }
.label { display: inline-flex; flex-wrap: wrap; align-items: center; padding: 0.0625rem 0.5rem; border-radius: 0.375rem; background: var(--tint); }
.label .name { font-weight: 600; }
.label .facts { white-space: pre-wrap; font-variant-numeric: tabular-nums; }
.label.out { background: var(--ground); color: var(--soft); }
.certainty { color: var(--soft); }
.codes { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; font-weight: 600; }
.codes .label { box-shadow: inset 0 0 0 2px var(--solid); }
.codes ~ .label { background: transparent; padding-inline: 0; }
.codes ~ .label .name { font-weight: 400; }
.unsure .facts, .unsure .certainty { color: var(--ink); font-weight: 600; }

/* In the room beside the label for what is pointed at, so that nothing moves; in full for what is chosen. */
.why { flex: 1; min-width: 0; color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; visibility: hidden; }
.paragraph:hover .why { visibility: visible; }
.active .head { flex-wrap: wrap; }
.active .why { visibility: visible; flex-basis: 100%; white-space: normal; }
.quiet .why, .quiet .paragraph:hover .why { visibility: hidden; }

.text { max-width: 44rem; font: 1.0625rem/1.65 var(--reading); white-space: pre-line; }
:is(h2, h3, h4, h5, h6).text { font-size: 1.25rem; line-height: 1.35; font-weight: 650; }
.out .text { color: var(--soft); font: 0.9375rem/1.5 var(--ui); }
.editor { font: 1.0625rem/1.65 var(--reading); }

.for, .against { text-underline-offset: 0.2em; text-decoration-skip-ink: none; }
.active .for, .paragraph:hover .for { text-decoration: underline solid var(--solid, currentColor); }
.active .against, .paragraph:hover .against { text-decoration: underline dotted var(--solid, currentColor); }
.active .weight-1, .paragraph:hover .weight-1 { text-decoration-thickness: 1px; }
.active .weight-2, .paragraph:hover .weight-2 { text-decoration-thickness: 2.5px; }
.active .weight-3, .paragraph:hover .weight-3 { text-decoration-thickness: 4px; }
.quiet .for, .quiet .against { text-decoration: none !important; }

.work { display: grid; gap: 0.5rem; margin-block-start: 0.75rem; }
.chips { display: flex; flex-wrap: wrap; gap: 0.375rem; }
.chip { display: inline-flex; align-items: center; }
.chip .glyph { color: var(--solid); }
.chip[aria-pressed="true"] { background: var(--tint); }
kbd { margin-inline-start: 0.5em; font: inherit; font-size: 0.75rem; color: var(--soft); }
.chip[aria-pressed="true"] kbd { color: var(--ink); }
.more { margin-block-start: 0.75rem; }

/* The text stands on the page already: of each paragraph its beginning, to know it by. */
.excerpts .paragraph { padding-block: 0.375rem; contain-intrinsic-size: auto 3.5rem; cursor: pointer; }
.excerpts .rail { inset-block: 0.375rem; }
.excerpts .text { max-width: none; font: 0.875rem/1.5 var(--ui); color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.excerpts .text .more { display: none; }
.excerpts .for, .excerpts .against { text-decoration: none !important; }
/* Labels only for what is looked at. */
.unlabelled .paragraph:not(:hover, .active, :focus-within) .head { clip-path: inset(50%); position: absolute; block-size: 1px; inline-size: 1px; overflow: hidden; }

/* Words of the interface in a page that runs from right to left: each keeps its own order, at its place in the other. */
.leitmotif:is(:lang(en), :lang(zh)):dir(rtl) :is(.label, .key, .chip, .certainty, .number, .share > span:last-child) { direction: ltr; unicode-bidi: isolate; }
.leitmotif:is(:lang(en), :lang(zh)):dir(rtl) :is(.why, .note, .status, .title, .codes) { direction: ltr; text-align: end; }

/* For fingers: what is smaller where a pointer is exact. */
@media (pointer: coarse) {
  kbd { display: none; }
  .key, .verdict { min-height: 2.75rem; }
  .strip { block-size: 2.75rem; }
}
@container (max-width: 26rem) {
  .profile th, .profile td { font-size: 0.8125rem; }
  .profile th[scope="row"] { padding-inline-end: 0.375rem; }
  .profile th:last-child, .profile td:last-child { padding-inline-start: 0.375rem; }
  .head { flex-wrap: wrap; }
  .why { flex-basis: 100%; display: none; }
  .active .why { display: block; }
  .text { font-size: 1rem; }
}
@media (max-width: 59.99rem) {
  .paragraph, .head, .verdict { scroll-margin-block: 4rem 1rem; }
  .portrait { display: contents; }
  .strip { position: var(--leitmotif-strip-position, static); inset-block-start: 0.25rem; z-index: 2; margin-block-start: 0.75rem; }
}
/* At 400 % zoom nothing may stick that takes a third of the window. */
@media (max-height: 30rem) {
  .portrait, .strip { position: static; }
}
@media (forced-colors: active) {
  .bar, .rail span, .part { background: CanvasText; forced-color-adjust: none; }
  .unsure .rail span, .part.unsure, .unsure > .part { background: repeating-linear-gradient(135deg, CanvasText 0 3px, Canvas 3px 6px); }
  .part.theme-none { background: Canvas; box-shadow: inset 0 0 0 1px CanvasText; }
  .label { border: 1px solid CanvasText; }
  .cell.here { outline-color: Highlight; }
  .glyph, .profile .glyph, .key .glyph, .chip .glyph { color: inherit; }
  .chip[aria-pressed="true"] { background: Highlight; }
  .chip[aria-pressed="true"] kbd { color: inherit; }
  .verdict { border: 0; }
}
@media print {
  .work, .more { display: none; }
  /* All of it, not only what the screen shows. */
  .paragraph { content-visibility: visible; break-inside: avoid-page; max-width: none; }
  .text { orphans: 3; widows: 3; }
  .verdict, .key { min-height: 0; border: 0; padding: 0; background: none; break-after: avoid; }
  .bar, .rail span, .part, .label { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
