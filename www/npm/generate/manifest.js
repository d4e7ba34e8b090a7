/** The custom elements manifest (schema 2.1.0), from the doc comments of the elements: editors and documentation read it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { create, ts } from "@custom-elements-manifest/analyzer";

/** The classes from the base up: what is inherited must be known before. */
const SOURCES = ["elements/lazy-element.js", "elements/leitmotif-reader.js", "elements/leitmotif-box.js", "elements/registry.js"];

const ELEMENTS = ["LeitmotifReader", "LeitmotifBox"];

/**
 * @param {string} www the folder of the page's code
 * @returns {any}
 */
export function manifestOf(www) {
  const modules = SOURCES.map((path) => ts.createSourceFile(path, readFileSync(join(www, path), "utf8"), ts.ScriptTarget.ES2022, true));
  const { modules: analysed } = create({ modules, plugins: [], context: { dev: false } });
  const declared = analysed.flatMap(({ declarations }) => declarations);
  const elements = ELEMENTS.map((name) => promised(declared.find((declaration) => declaration.name === name), name));
  return {
    schemaVersion: "2.1.0",
    readme: "README.md",
    modules: [
      {
        kind: "javascript-module",
        path: "index.js",
        declarations: elements,
        exports: elements.map(({ name }) => ({ kind: "js", name, declaration: { name, module: "index.js" } })),
      },
      {
        kind: "javascript-module",
        path: "define.js",
        declarations: [],
        exports: elements.map(({ name, tagName }) => ({ kind: "custom-element-definition", name: tagName, declaration: { name, module: "index.js" } })),
      },
    ],
  };
}

/** A declaration without what is the elements' own business. @param {any} declaration @param {string} name */
function promised(declaration, name) {
  if (!declaration?.tagName) throw new Error(`${name} has no doc comment with @tagname`);
  const members = declaration.members.filter(isPromised).map(({ inheritedFrom, ...member }) => ({
    ...member,
    ...(member.parameters && { parameters: parameters(member.parameters) }),
    // The base of both is nobody's business; what the box has from the reader is said.
    ...(inheritedFrom?.name && ELEMENTS.includes(inheritedFrom.name) && { inheritedFrom: { name: inheritedFrom.name, module: "index.js" } }),
  }));
  const { superclass, ...rest } = declaration;
  const parent = ELEMENTS.includes(superclass?.name) ? { name: superclass.name, module: "index.js" } : { name: "HTMLElement" };
  const own = (/** @type {any[] | undefined} */ list) => list?.map(({ inheritedFrom, ...entry }) => ({ ...entry, ...(inheritedFrom && ELEMENTS.includes(inheritedFrom.name) && { inheritedFrom: { name: inheritedFrom.name, module: "index.js" } }) }));
  return { ...rest, members, attributes: own(rest.attributes), events: own(rest.events), superclass: parent };
}

/** What has no description is promised to nobody. @param {any} member */
const isPromised = ({ name, privacy, description }) => privacy === undefined && Boolean(description) && !/^[#[]/.test(name);

/** An object that is taken apart in the head of a method comes twice: as written, and as its comment names it. @param {any[]} all */
const parameters = (all) => all.filter(({ name }) => !name.startsWith("{"));
