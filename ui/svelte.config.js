import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** Runes everywhere: the older reactivity is an error, in our own components. */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
};
