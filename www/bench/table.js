/** The figures of a bench as one table. */

/** Paragraphs a second and megabytes a second of something that took so many milliseconds. */
const speed = ({ paragraphs, bytes, ms }) => ({ paragraphs: (1000 * paragraphs) / ms, megabytes: bytes / 1000 / ms });
const number = (value, digits = 0) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

export function print({ articles, native, node, browser, cold, version }) {
  const texts = articles.flat().map(({ text }) => text);
  const bytes = native.bytes;
  console.log(`${number(texts.length)} paragraphs of ${number(articles.length)} articles of seeds/written, ${number(bytes / texts.length)} bytes each on average. 2 shared cores.\n`);

  for (const [where, rows] of [[`Node ${process.version}, processor time`, node], [`Chromium ${version}, wall time`, browser]]) {
    const peers = rows.filter(({ kind }) => kind === "peer");
    const fastest = Math.max(...peers.map((row) => speed(row).paragraphs));
    console.log(where.padEnd(38) + "paragraphs/s".padStart(14) + "MB/s".padStart(9) + "  times the fastest peer");
    for (const row of rows) {
      const { paragraphs, megabytes } = speed(row);
      console.log(`  ${row.name.padEnd(36)}${number(paragraphs).padStart(14)}${number(megabytes, 1).padStart(9)}  ${number(paragraphs / fastest, 2).padStart(6)}`);
    }
    console.log("");
  }

  const rows = native.rows.map(({ name, seconds }) => ({ name, paragraphs: native.paragraphs, bytes, ms: 1000 * seconds }));
  const yardstick = speed(rows.find(({ name }) => name === "whichlang")).megabytes;
  console.log("Natively, one core, processor time".padEnd(38) + "paragraphs/s".padStart(14) + "MB/s".padStart(9) + "  times whichlang");
  for (const row of rows) {
    const { paragraphs, megabytes } = speed(row);
    console.log(`  ${row.name.padEnd(36)}${number(paragraphs).padStart(14)}${number(megabytes, 1).padStart(9)}  ${number(megabytes / yardstick, 2).padStart(6)}`);
  }
  for (const { bytes, paragraphs, seconds } of native.growth) {
    const name = `one text of ${number(bytes / 1e6)} MB`;
    console.log(`  ${name.padEnd(36)}${number(paragraphs / seconds).padStart(14)}${number(bytes / 1e6 / seconds, 1).padStart(9)}`);
  }

  const part = (pick) => `${number(median(cold.map(pick)), 1)} ms`;
  console.log(`\nCold start in Chromium, median of ${cold.length} fresh pages: ${part(({ all }) => all)} (fetch from cache, compile, load the model: ${part(({ create }) => create)}; first label: ${part(({ read }) => read)})`);
}
