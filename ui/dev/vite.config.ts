import { defineConfig, mergeConfig } from 'vite';
import bundle from '../vite.config';

/** The same page with made-up answers instead of the program; never part of the bundle. */
export default mergeConfig(bundle, defineConfig({ root: '.', server: { port: 1421, open: false } }));
