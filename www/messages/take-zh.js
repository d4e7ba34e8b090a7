/** 界面文字：导出、项目文件、对比、存储与离线使用。 */

import { numbersIn } from "./formats.js";

const numbers = numbersIn("zh");
const percent = (/** @type {number} */ fraction) => `${Math.round(fraction * 100)}\u00a0%`;

/** @type {import("./take-en.js").TakeMessages} */
export const zh = {
  language: "zh",
  percent,

  export: {
    title: "导出",
    group: "导出为",
    csv: "CSV",
    csvHint: "每段一行，纯 UTF-8",
    excel: "Excel 用 CSV",
    excelHint: "双击即可在 Excel 中打开；像公式的单元格已作无害处理",
    json: "JSON",
    jsonHint: "页面对文章所知的全部内容",
    svg: "图片（SVG）",
    html: "网页（HTML）",
    print: "打印",
    copyTable: "复制表格",
    copyTableHint: "CSV 的各行，可粘贴到电子表格",
    copyPicture: "复制图片",
    saved: (file) => `已保存：${file}。`,
    copiedTable: (rows) => `已复制 ${numbers.format(rows)} 行。`,
    copiedPicture: "已复制图片。",
    notCopied: "浏览器不允许复制。请改为保存文件。",
    nothing: "还没有可导出的内容。",
    more: (first, others) => `${first} 等 ${others + 1} 篇`,
    unnamed: "文章",
    paperMore: (left) => `还有 ${numbers.format(left)} 段，打印不下；CSV 中有全部。`,
    cut: (length) => ` …［此处截断：共 ${numbers.format(length)} 个字符，超出 Excel 单元格上限；纯 CSV 中有全文］`,
    provenance: ({ id, sha256, app }) => `模型 ${id}，SHA-256 ${sha256}；Leitmotif ${app}。`,
  },

  figure: {
    heading: (name) => `《${name}》讲什么`,
    lanes: "从头到尾",
    theme: "主题",
    words: "字词",
    columns: "字词占比 · 段落数",
    paragraphs: "段落",
    basis: ({ words, paragraphs, unsure, coded, leftOut }) =>
      [
        `共 ${numbers.format(paragraphs)} 段，${numbers.format(words)} 个字词。`,
        coded > 0 ? `${numbers.format(coded)} 段由人编码（下划线）。` : "",
        unsure > 0 ? `${numbers.format(unsure)} 段拿不准（条纹）。` : "",
        leftOut > 0 ? `${numbers.format(leftOut)} 段为页面杂项，未计入。` : "",
        "一段有几个主题时，各个都计；其字词平分。",
      ].join(""),
    lane: ({ name, words, numbers }) =>
      numbers.length === 0 ? `${name}：无段落。` : numbers.length > 300 ? `${name}：占字词 ${percent(words)}；许多段，从第 ${numbers[0]} 段到第 ${numbers.at(-1)} 段。` : `${name}：占字词 ${percent(words)}；第 ${numbers.join("、")} 段。`,
    standing: { clear: "明确", likely: "很可能", unsure: "拿不准", coded: "由人编码", unread: "尚未读取" },
  },

  file: {
    title: "项目",
    save: "保存项目",
    open: "打开项目…",
    saved: (file) => `项目已保存：${file}。`,
    opened: (articles) => `已打开项目：${numbers.format(articles)} 篇文章。`,
    undoable: "先前打开的内容可用“撤销”恢复。",
    named: (name, why) => `${name}：${why}`,
    oneAtATime: (name) => `${name}：同时打开了另一个项目，一次只能打开一个。`,
    stale: "它是用另一个模型保存的：机器标签将重新读取，您的编码保留不变。",
    unknownThemes: (ids) => `其中有本编码手册没有的编码：${ids.join("、")}。这些编码原样保留。`,
    refused: {
      "too-large": (found, limit) => `此文件大小为 ${found}；最多可打开 ${limit}。`,
      "cut-off": (_, detail) => `这个项目文件不完整：可能在保存或传送时被截断（${detail}）。`,
      "not-json": (_, detail) => `这不是项目文件：它不是 JSON（${detail}）。`,
      "not-project": (found) => `这不是 Leitmotif 的项目文件：“format” 应为 “leitmotif project 1”，实为 ${found}。`,
      field: (field, expected, found) => `此项目文件在 ${field} 处损坏：应为 ${expected}，实为 ${found}。`,
      "unknown-field": (field) => `此项目文件含有 Leitmotif 不认识的字段：${field}。`,
    },
    unread: "无法读取该文件。",
  },

  storage: {
    keep: "在此浏览器中保留本项目",
    keepNote: "仅为方便：浏览器可能会删除它。项目文件才是稳妥之处。",
    kept: (time) => `已保留在此浏览器中，最近一次：${time}。`,
    restored: (time) => `已从此浏览器恢复，状态为 ${time}。`,
    forget: "全部忘掉",
    sure: "确定全部忘掉？打开的文章和编码也会消失。",
    yes: "是，全部忘掉",
    no: "不，保留",
    forgotten: (pageFiles) =>
      `已忘掉。此浏览器中留下的您的内容：无。已检查数据库、存储和缓存${
        pageFiles > 0 ? `；其中只有页面自身供离线使用的 ${numbers.format(pageFiles)} 个文件` : ""
      }。`,
    left: (what) => `未能全部删除。尚余：${what.join("、")}。请关闭本页的其他标签页后重试。`,
    refused: "此浏览器不允许页面保留任何内容。请将项目保存为文件。",
    damaged: (why) => `此浏览器保留的内容无法读取：${why}`,
    gone: "此浏览器保留的内容已不在：被另一个标签页或浏览器本身删除。此处打开的内容不再保留。",
    ended: "另一个标签页已停止保留。此处打开的内容仍然打开，但不再保留。",
    newer: (time) => `本页的另一个标签页已保留了项目的另一状态（${time}）。它没有被覆盖；在您决定之前，此处打开的内容不会保留。`,
    notKept: "未保留：另一个标签页保留了另一状态。见上方。",
    loadOther: "打开另一状态",
    keepMine: "改为保留我的",
    saveMine: "把我的存为文件",
    loaded: "现在打开的是另一个标签页的状态；此处先前的内容可用“撤销”恢复。",
    full: "此浏览器空间不足，无法保留项目。请保存为文件。",
  },

  compare: {
    title: "对比",
    sample: "同一次考察，两篇报道",
    table: "字词占比与段落数",
    article: (n) => `文章 ${n}`,
    words: "字词",
    paragraphs: "段落",
    order: (by) => `按${by}排序`,
    theme: "主题",
    spread: "差距",
    spreadHint: "最大占比减最小占比，单位为百分点",
    csv: "此表的 CSV",
    shareTable: "词数占比",
    articleColumn: "文章",
    wordsColumn: "词数",
    number: (n) => numbers.format(n),
    more: (n, left) => `再显示 ${numbers.format(n)} 篇（还有 ${numbers.format(left)} 篇）`,
    firstLanes: (n) => `按此顺序的前 ${numbers.format(n)} 篇，从头到尾：`,
    counted: ({ words, paragraphs, unsure, leftOut }) =>
      [
        `共 ${numbers.format(paragraphs)} 段，${numbers.format(words)} 个字词`,
        unsure > 0 ? `${numbers.format(unsure)} 段拿不准（条纹）` : "",
        leftOut > 0 ? `${numbers.format(leftOut)} 段未计入` : "",
      ]
        .filter(Boolean)
        .join("，") + "。",
    points: (fraction) => `${Math.round(fraction * 100)}`,
    missing: "示例文章不在。",
  },

  offline: {
    ready: "没有网络也能使用。",
    update: "新版本已就绪。",
    reload: "重新载入",
    unsaved: "新版本已就绪，但您的工作尚未保存。请先保存项目，再重新载入。",
    anyway: "不保存，直接载入",
  },
};
