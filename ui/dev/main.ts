// Installs made-up answers in place of the program, then starts the page. Served only by
// `npm run dev:fixtures`. In the address: lang=en|ja, moment=…, at=welcome|overview|address:1 …
import type { Name } from '../src/lib/api/commands';
import type { AddressPage } from '../src/lib/api/types';
import type { Place, Step } from '../src/lib/state/router.svelte';
import { answers, type Lang, type Moment } from './fixtures';

const query = new URLSearchParams(location.search);
let lang = (query.get('lang') ?? 'en') as Lang;
const moment = (query.get('moment') ?? 'full') as Moment;

type Callback = (event: unknown) => void;
const callbacks = new Map<number, Callback>();
const listeners = new Map<string, number[]>();
let next = 1;

function tell(event: string, payload: unknown): void {
  for (const id of listeners.get(event) ?? []) callbacks.get(id)?.({ event, id, payload });
}

function answer(name: Name, args: Record<string, unknown>): unknown {
  const all = answers(lang, moment) as Record<string, unknown>;
  switch (name) {
    case 'address':
      return args.id === 3 ? (all.shared as AddressPage) : all.address;
    case 'set_language':
      lang = (args.lang ?? 'en') as Lang;
      setTimeout(() => tell('changed', ['settings', 'overview', 'addresses', 'services', 'accounts', 'incidents']), 50);
      return null;
    case 'test_account':
      return lang === 'ja' ? 'フォルダー12個' : '12 folders';
    case 'import':
      return {
        ...(all.import_preview as object),
        import: 3,
        file_left: lang === 'ja' ? '書き出しファイルには、誰でも読めるパスワードが含まれている場合があります。不要になったので削除してください。' : 'An export may hold passwords that anyone can read. This one is no longer needed: delete it.',
      };
    case 'dragged':
      return { what: moment === 'drop' ? 'over' : 'nothing' };
    case 'import_preview':
      if (moment !== 'damaged') return all[name];
      throw lang === 'ja'
        ? { code: 'import_damaged', text: '/home/jun/passwords.csv は壊れているか、途中で切れているか、文字として読み取れません。何も取り込んでいません。', action: 'もう一度書き出してください。' }
        : { code: 'import_damaged', text: '/home/jun/passwords.csv is damaged, cut off, or no text that can be read. Nothing was imported.', action: 'Export it once more.' };
    case 'pick_archive':
      return '/home/jun/Mail/2024.mbox';
    default:
      return all[name] ?? null;
  }
}

async function invoke(command: string, payload: Record<string, unknown>): Promise<unknown> {
  if (command === 'plugin:event|listen') {
    const event = String(payload.event);
    listeners.set(event, [...(listeners.get(event) ?? []), Number(payload.handler)]);
    return next++;
  }
  if (command !== 'call') return null;
  const name = payload.name as Name;
  await new Promise((done) => setTimeout(done, 20));
  if (moment === 'slow' && name !== 'settings') await new Promise(() => {});
  if (moment === 'fault' && name !== 'settings') {
    throw lang === 'ja'
      ? { code: 'disk_full', text: 'ディスクの空きがありません。', action: '記録は失われていません。空きを作ってから続けてください。' }
      : { code: 'disk_full', text: 'The disk is full.', action: 'Nothing is lost; free some space and continue.' };
  }
  return answer(name, payload.args as Record<string, unknown>);
}

Object.assign(window, {
  __TAURI_INTERNALS__: {
    metadata: { currentWindow: { label: 'main' }, currentWebview: { label: 'main', windowLabel: 'main' } },
    transformCallback(callback: Callback): number {
      callbacks.set(next, callback);
      return next++;
    },
    invoke,
  },
  __TAURI_EVENT_PLUGIN_INTERNALS__: { unregisterListener: () => undefined },
});

await import('../src/main');
if (moment === 'drop') setTimeout(() => tell('changed', ['dragged']), 400);
const { router } = await import('../src/lib/state/router.svelte');
const [screen, detail] = (query.get('at') ?? 'overview').split(':');
if (screen === 'address' || screen === 'service') router.place = { screen, id: Number(detail) };
else if (screen === 'welcome') router.place = { screen, step: (detail ?? 'doors') as Step };
else router.place = { screen } as Place;
