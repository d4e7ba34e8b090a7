/** 中文界面。 */

import { listsIn, numbersIn } from "./formats.js";

const numbers = numbersIn("zh");
const lists = listsIn("zh");

/** @param {string} code */
function whyFallback(code) {
  if (code === "wasm-unavailable") return "此浏览器关闭了 WebAssembly";
  if (code === "csp-wasm") return "本站的安全策略不允许 WebAssembly";
  if (code === "bad-mime" || code === "not-wasm") return "本站上的引擎 WebAssembly 文件已损坏或不是该文件";
  return "引擎的 WebAssembly 文件未能送达";
}

/** @type {typeof import("./en.js").en} */
export const zh = {
  language: "中文",
  title: "Leitmotif：逐段看文章的主题",
  tagline: "逐段看一篇文章讲什么，以及是哪些词说明的。",
  languageLabel: "语言",
  skip: "跳到段落",

  yourArticle: "您的文章",
  placeholder: "在此粘贴或输入文章。",
  boxHint: "也可以把文件拖到页面上：.txt、.md、.html，或保存的项目。",
  boxHintHere: "也可以把文件拖到这里：.txt、.md、.html，或保存的项目。",
  readIt: "阅读",
  cancel: "取消",
  samples: "或试试样例：",
  emptyLead: "还没有可读的内容。",
  emptyHow: "粘贴文章、打开文件，或点一个样例。每一段都会标出主题、把握程度和起作用的词。",
  emptyDoubt: "一段可以有几个主题，也可以没有。拿不准的地方，页面会说明。",

  toolbar: "工具",
  newPaste: "新的粘贴",
  openFiles: "打开文件…",
  undo: "撤销",
  redo: "重做",
  undoWhat: (what) => `撤销：${what}`,
  redoWhat: (what) => `重做：${what}`,
  keysOn: "按键：开",
  keysOff: "按键：关",
  goToExport: "导出",
  help: "按键与帮助",
  close: "关闭",

  articles: "文章",
  closeArticle: (name) => `关闭${name}`,
  untitled: "未命名",

  done: {
    open: "打开",
    close: "关闭文章",
    code: "编码",
    split: "重新分段",
    edit: "编辑",
    include: "是否计入",
    note: "备注",
    coder: "编码者姓名",
  },
  undone: (what) => `已撤销：${what}。`,
  redone: (what) => `已重做：${what}。`,

  found: (paragraphs, out) => `${numbers.format(paragraphs)} 段${out > 0 ? ` · ${numbers.format(out)} 段不计入` : ""}`,
  splitLabel: "分段",
  splits: {
    auto: (way) => `自动：${way}`,
    blank: "按空行",
    line: "每行一段",
    unwrap: "接合折行",
    blocks: "按原网页的块",
  },
  editAll: "编辑全文",
  encoding: (name, encoding) => `${name} 按 ${encoding} 编码读入。`,

  wrong: "页面本身出错了，请重新载入。",
  fileTrouble: {
    "too-big": (name, limit = 0) => `${name} 太大：一次最多读 ${numbers.format(limit)} 个字符，请拆分。`,
    "not-text": (name) => `${name} 不是文本。请打开 .txt、.md 或 .html 文件。`,
    unreadable: (name) => `无法读取 ${name}。文件还在吗？`,
    kind: (name) => `这里还不能读 ${name}。请另存为 .txt 或 .html，或复制其文字再粘贴。`,
  },
  fileEmpty: (name) => `${name} 里没有文字。`,

  strip: "文章的各段",
  filter: "只显示",
  filterUnsure: "拿不准",
  filterCoded: "已编码",
  shownOf: (shown, all) => `共 ${numbers.format(all)} 段，显示 ${numbers.format(shown)} 段。`,
  place: (number, verdict) => `第 ${numbers.format(number)} 段：${verdict}`,

  noTheme: "无主题",
  certainty: { clear: "明确", likely: "很可能", unsure: "拿不准" },
  reading: "正在阅读…",
  coded: "已编码",
  machine: "机器",
  unsure: "拿不准。",
  unsureBetween: (a, b) => `在${a}和${b}之间拿不准。`,
  unsureWhether: (name) => `拿不准是否属于${name}。`,
  unsureToo: (name) => `拿不准是否也属于${name}。`,
  because: (causes) => `依据：${causes}。`,
  spoke: (theme, causes) => `倾向${theme}的词：${causes}。`,
  causesOf: (causes, theme) => `${causes}（${theme}）`,
  restOfArticle: "文章的其余部分",
  noSingleWord: "没有哪个单独的词",
  comma: "、",
  colon: "：",
  semicolon: "；",
  nearest: (theme, chance) => `最接近：${theme}，${chance}。`,
  furniture: "像是网页的附加内容：不计入概况。",
  leftOut: "不计入概况。",
  leftOutLabel: "不计入",
  wouldRead: (themes, certainty) => `若计入，读作${lists.format(themes)}，${certainty}。`,

  ready: "就绪。",
  loading: "正在载入引擎…",
  paragraphs: (n) => `${numbers.format(n)} 段`,
  summary: (n, parts) => `${numbers.format(n)} 段${parts.length > 0 ? `：${parts.join("，")}` : ""}。`,
  summaryPart: (n, theme) => `${theme} ${numbers.format(n)}`,
  summaryUnsure: (n) => `${numbers.format(n)} 段拿不准。`,
  summaryOut: (n) => `${numbers.format(n)} 段作为附加内容不计入。`,

  showMore: (n, left) => `再显示 ${numbers.format(n)} 段（还有 ${numbers.format(left)} 段）`,
  moreCharacters: (n) => ` … 还有 ${numbers.format(n)} 个字符`,
  codes: "本段的编码",
  accept: "接受",
  markUnsure: "拿不准",
  clearCodes: "清除",
  edit: "编辑",
  doneEditing: "完成",
  include: "计入",
  exclude: "不计入",
  paragraphText: "本段文字",

  inspector: "详情",
  overview: "概况",
  paragraph: "段落",
  codebook: "编码手册",
  profile: "概况",
  theme: "主题",
  wordsColumn: "词数占比",
  paragraphsColumn: "段数",
  words: (n) => `${numbers.format(n)} 词`,
  profileNote: (words, paragraphs, unsure, coded) =>
    `共 ${numbers.format(paragraphs)} 段，${numbers.format(words)} 词。` +
    (unsure > 0 ? `其中 ${numbers.format(unsure)} 段拿不准。` : "") +
    (coded > 0 ? `${numbers.format(coded)} 段由人编码。` : "") +
    "有两个主题的段落两边都计，词数平分。",
  noParagraph: "请选一段：点它的标签，或点长条上的位置。",
  probability: "概率",
  probabilityNote: "各主题分别判断，加起来不必等于 100 %。",
  wordsFor: (theme) => `支持${theme}的词`,
  wordsAgainst: (theme) => `反对${theme}的词`,
  none: "无",
  sum: (words, context, bias, logit) => `词 ${words}，上下文 ${context}，起点 ${bias}：对数几率 ${logit}。`,
  glossaryTerm: "见于词表",
  whyNot: "为什么不是…？",
  whyNotWords: (a, b) => `支持${a}而不是${b}：`,
  evidenceNote: "这些词是标签的依据，不是原因：其中可能有地名。",
  note: "备注",
  coder: "您的姓名或缩写，与您的编码一同保存",
  codedBy: (coder, at) => `${coder || "您"}编码于 ${at}。`,
  yes: "属于",
  no: "不属于",
  examples: "例子",
  rulings: "边界规则",
  strongest: "模型中权重最大的词",
  noCodebook: "编码手册未能载入：只有定义。",

  helpKeys: "段落列表中的按键",
  keys: [
    ["↑ ↓, K J", "上一段，下一段"],
    ["Home, End", "第一段，最后一段"],
    ["1 … 9", "加上或去掉该位置的主题"],
    ["0", "无主题"],
    ["Enter", "接受并到下一段"],
    ["U", "把您的编码标为拿不准，或去掉该标记"],
    ["Backspace, Delete", "清除您的编码，恢复机器的结果"],
    ["E", "编辑本段"],
    ["Z, Shift Z", "撤销，重做"],
    ["Esc", "收起依据"],
    ["?", "本帮助"],
  ],
  keysNote: "只在焦点位于列表时有效，可在工具栏关闭。",
  helpMarks: "下划线的词支持该标签，线越粗作用越大；点线的词反对它。",
  privacy: "只在本标签页中运行，不发送任何内容。",
  privacyHow: "想验证：断开网络，再粘贴。除非您要求，也不存储任何内容：重新载入即忘。",
  fallback: (code) => `${whyFallback(code)}，引擎改以 JavaScript 运行：结果相同，只是慢一些。`,
  model: (id) => `模型 ${id}，SHA-256 `,
};
