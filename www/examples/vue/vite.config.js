import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag.startsWith("leitmotif-");

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
