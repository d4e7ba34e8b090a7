import { useState } from "react";

const PARAGRAPHS = [
  "The council will renew the drains of forty old neighbourhoods before the new metro line opens.",
  "Steel mills on the river have doubled their output of turbine parts, and factories are hiring again.",
  "Wetlands north of the bay are being restored, so that birds find reeds and clean water in spring.",
];

export function Article() {
  const [chosen, setChosen] = useState(-1);
  return (
    <main>
      <article id="article">
        {PARAGRAPHS.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </article>
      <leitmotif-reader target="#article" onleitmotif-select={({ detail }) => setChosen(detail.index)} />
      <p id="chosen">{chosen < 0 ? "No paragraph is chosen." : `Paragraph ${chosen + 1} is chosen.`}</p>
    </main>
  );
}
