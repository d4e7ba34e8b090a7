/** How the paste box looks, and what is around its reading. */

export const BOX_RULES = `
/* On its own page its parts stand on the page's ground. */
.leitmotif.page-box { background: none; }
.input { padding: 1rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--surface); max-width: 56rem; min-width: 0; }
.input .title { font-size: 1rem; }
.input .paste { margin-block: 0.5rem 0.75rem; min-height: 12rem; }
.input.dropping { border-color: var(--focus); box-shadow: inset 0 0 0 2px var(--focus); }
.article { padding: 1rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--surface); min-width: 0; }
.error { margin-block: 0.75rem; padding: 0.75rem 1rem; border: 1px solid var(--alarm); border-inline-start-width: 0.375rem; border-radius: var(--radius); color: var(--alarm); }
.empty { display: grid; gap: 0.5rem; max-width: 40rem; margin-block: 1.5rem 0.5rem; }
.empty .lead { font: 1.375rem/1.3 var(--reading); }
.progress { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin-block-end: 0.75rem; }
.progress progress { flex: 1 1 8rem; max-inline-size: 24rem; block-size: 0.75rem; accent-color: var(--focus); }
.progress-words { font-variant-numeric: tabular-nums; }
.articles { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0; margin-block-end: 0.75rem; padding: 0; list-style: none; }
.articles li { display: flex; min-width: 0; }
.articles .open { border-start-end-radius: 0; border-end-end-radius: 0; }
.articles .close { border-inline-start: 0; border-start-start-radius: 0; border-end-start-radius: 0; padding-inline: 0.6rem; }
.articles [aria-current] { font-weight: 650; box-shadow: inset 0 -3px 0 var(--ink); }
.articles-head { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; margin-block-end: 0.5rem; }
.articles-head .count { font-weight: 600; font-size: 0.875rem; }
.articles-head .field { flex: 0 1 16rem; }
.articles.many { position: relative; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); max-block-size: 11rem; overflow-y: auto; padding: 0.25rem; border: 1px solid var(--line); border-radius: 0.75rem; }
.articles.many .open { flex: 1; text-align: start; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.found { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; font-size: 0.875rem; }
.found .count { font-weight: 600; }

@media (min-width: 60rem) {
  .article { padding: 1.25rem 1.5rem 2rem; }
}
@media print {
  .input, .found, .error { display: none; }
  .article { border: 0; padding: 0; background: none; }
}
`;
