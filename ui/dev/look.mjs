// Takes pictures of the page with made-up answers and asks axe about it: `node dev/look.mjs DIR`.
// Needs `npm run dev:fixtures` and Chromium; talks to it over a pipe, so no port is opened.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder = 'looks', only = ''] = process.argv.slice(2);
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const IMPORT = "[...document.querySelectorAll('header .aside button')].find((b)=>/Import|取り込む/.test(b.textContent))";
/** Screens, each in a moment; `do` runs in the page before the picture. */
const SCENES = [
  { name: 'overview', at: 'overview' },
  { name: 'exposures', at: 'overview', do: "document.querySelector('main ol').scrollIntoView()" },
  { name: 'exposures-service', at: 'service:2', do: "document.querySelector('main ol').scrollIntoView()" },
  { name: 'exposures-address', at: 'address:3', do: "document.querySelector('main ol').scrollIntoView()" },
  { name: 'overview-quiet', at: 'overview', moment: 'quiet' },
  { name: 'evening', at: 'overview', moment: 'evening' },
  { name: 'address', at: 'address:1' },
  { name: 'address-hover', at: 'address:1', do: "document.querySelector('.frame').focus();document.querySelector('.frame').dispatchEvent(new KeyboardEvent('keydown',{key:'ArrowLeft',bubbles:true}))" },
  { name: 'address-year', at: 'address:3', do: "document.querySelectorAll('.chart input')[1].click()" },
  { name: 'address-all', at: 'address:3', do: "document.querySelectorAll('.chart input')[2].click()" },
  { name: 'address-shared', at: 'address:3' },
  { name: 'addresses', at: 'addresses' },
  { name: 'services', at: 'services' },
  { name: 'services-many', at: 'services', moment: 'many', do: "window.scrollTo(0, 90000)" },
  { name: 'services-chosen', at: 'services', do: "document.querySelectorAll('.services input')[0].click();document.querySelectorAll('.services input')[1].click()" },
  { name: 'service', at: 'service:2' },
  { name: 'split', at: 'service:2', do: "document.querySelectorAll('header .aside button')[2].click()" },
  { name: 'addresses-chosen', at: 'addresses', do: "document.querySelectorAll('.addresses input')[0].click()" },
  { name: 'follow-up', at: 'follow_up' },
  { name: 'mailboxes', at: 'mailboxes' },
  { name: 'password', at: 'mailboxes', do: "[...document.querySelectorAll('[role=alert] button')][0].click()" },
  { name: 'settings', at: 'settings' },
  { name: 'give', at: 'services', do: "document.querySelectorAll('header .aside button')[1].click()" },
  { name: 'propose', at: 'services', do: "document.querySelectorAll('header .aside button')[1].click();await new Promise((next) => setTimeout(next, 200));const f=document.querySelector('dialog input');f.value='Stamps';f.dispatchEvent(new Event('input',{bubbles:true}));await new Promise((next) => setTimeout(next, 100));document.querySelector('dialog .address button').click()" },
  { name: 'settings-own', at: 'settings', moment: 'quiet' },
  { name: 'backup', at: 'settings', moment: 'quiet', do: "[...document.querySelectorAll('section button')].at(-2).click()" },
  { name: 'restore', at: 'settings', moment: 'quiet', do: "[...document.querySelectorAll('section button')].at(-1).click()" },
  { name: 'restored', at: 'settings', moment: 'quiet', do: "[...document.querySelectorAll('section button')].at(-1).click();setTimeout(()=>{const f=document.querySelector('dialog input');f.value='x';f.dispatchEvent(new Event('input',{bubbles:true}));document.querySelector('dialog [type=submit]').click()},150)" },
  { name: 'import', at: 'services', do: `${IMPORT}.click()` },
  { name: 'import-done', at: 'services', do: `${IMPORT}.click();setTimeout(()=>document.querySelector('dialog .primary').click(),200)` },
  { name: 'import-damaged', at: 'services', moment: 'damaged', do: `${IMPORT}.click()` },
  { name: 'imports', at: 'services', do: "document.querySelector('main details').open=true;scrollTo(0,9999)" },
  { name: 'drop', at: 'services', moment: 'drop' },
  { name: 'welcome', at: 'welcome:doors', moment: 'empty' },
  { name: 'connect', at: 'welcome:mailbox', moment: 'empty', do: "const f=document.querySelector('input[type=email]');f.value='jun@gmail.com';f.dispatchEvent(new Event('input',{bubbles:true}));document.querySelector('details').open=true" },
  { name: 'archive', at: 'welcome:archive', moment: 'empty' },
  { name: 'claim', at: 'welcome:claim', moment: 'evening' },
  { name: 'none', at: 'addresses', moment: 'empty' },
  { name: 'fault', at: 'addresses', moment: 'fault' },
  { name: 'slow', at: 'addresses', moment: 'slow' },
];
const SIZES = [
  { name: '', width: 1120, height: 760, zoom: 1 },
  { name: '-small', width: 800, height: 560, zoom: 1 },
  { name: '-large', width: 800, height: 760, zoom: 2 },
];

const profile = mkdtempSync(join(tmpdir(), 'look-'));
const browser = spawn(
  process.env.CHROMIUM ?? 'chromium',
  ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe', `--user-data-dir=${profile}`],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
);
const [, , , out, back] = browser.stdio;
const waiting = new Map();
let next = 1;
let rest = '';
back.on('data', (chunk) => {
  const parts = (rest + chunk).split('\0');
  rest = parts.pop() ?? '';
  for (const part of parts) {
    const { id, result, error } = JSON.parse(part);
    if (id === undefined) continue;
    if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  }
});

function send(method, params = {}, sessionId = undefined) {
  const id = next++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  });
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
mkdirSync(folder, { recursive: true });
let found = 0;
const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
const page = (method, params) => send(method, params, sessionId);
const run = async (expression) =>
  (await page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
await page('Page.enable');

for (const size of SIZES) {
  await page('Emulation.setDeviceMetricsOverride', { width: size.width, height: size.height, deviceScaleFactor: 1, mobile: false });
  for (const scheme of ['light', 'dark']) {
    await page('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    for (const lang of ['en', 'ja']) {
      for (const scene of SCENES) {
        const name = `${scene.name}-${lang}-${scheme}${size.name}`;
        if (only && !new RegExp(only).test(name)) continue;
        const query = new URLSearchParams({ lang, at: scene.at, moment: scene.moment ?? 'full' });
        await page('Page.navigate', { url: `http://127.0.0.1:1421/dev/index.html?${query}` });
        for (let tries = 0; tries < 60; tries += 1) {
          await pause(200);
          if (await run("document.querySelector('main h1, main [role=alert], main .waiting') !== null && document.fonts.status === 'loaded'")) break;
        }
        if (size.zoom !== 1) await run(`document.documentElement.style.fontSize='${size.zoom * 100}%'`);
        if (scene.do) await run(`(async () => {${scene.do}})()`);
        await pause(500);
        const wide = await run('document.documentElement.scrollWidth > innerWidth');
        if (wide) console.log(`${name}: wider than the window`);
        if (process.env.FULL) {
          const tall = await run('document.documentElement.scrollHeight');
          await page('Emulation.setDeviceMetricsOverride', { width: size.width, height: Math.max(tall, size.height), deviceScaleFactor: 1, mobile: false });
          await pause(200);
        }
        const { data } = await page('Page.captureScreenshot', { format: 'png' });
        writeFileSync(join(folder, `${name}.png`), Buffer.from(data, 'base64'));
        if (process.env.FULL) {
          await page('Emulation.setDeviceMetricsOverride', { width: size.width, height: size.height, deviceScaleFactor: 1, mobile: false });
        }
        await run(AXE);
        const faults = await run(
          "axe.run().then(({violations})=>violations.map(v=>`${v.id} (${v.impact}): ${v.nodes.map(n=>n.target.join(' ')+' '+(n.any[0]?.message??'')).slice(0,3).join(' | ')}`))",
        );
        for (const fault of faults ?? []) {
          found += 1;
          console.log(`${name}: ${fault}`);
        }
      }
    }
  }
}
console.log(`${found} faults found by axe`);
browser.kill();
await new Promise((done) => browser.once('exit', done));
rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
process.exit(found > 0 ? 1 : 0);
