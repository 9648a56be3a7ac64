// Answers for trying the page out without the program. Every name and message is made up.
import type { Name, Result } from '../src/lib/api/commands';
import type {
  AccountRow,
  AddressPage,
  AddressRow,
  AddressState,
  Badge,
  BreachRow,
  ChartDay,
  DayCounts,
  EvidenceRow,
  ExposureRow,
  FlagCard,
  MessageRow,
  MisfiledRow,
  OnsetBand,
  ServiceRow,
  Tone,
} from '../src/lib/api/types';
import { exposures } from './exposures';
import { together, traffic, type Story } from './traffic';

export type Lang = 'en' | 'ja';
/** Which moment of the program's life is shown. */
export type Moment = 'full' | 'empty' | 'evening' | 'quiet' | 'fault' | 'slow' | 'many' | 'drop' | 'damaged';

const BADGES: Record<AddressState, [Tone, string, string]> = {
  too_early: ['neutral', 'Too early to say', 'まだ判断できません'],
  no_change: ['neutral', 'No change', '変化なし'],
  unseen: ['watch', 'Junk folder not visible', '迷惑メールフォルダーが見えません'],
  unusual: ['neutral', 'A little more than usual', 'ふだんよりやや多い'],
  unexpected_sender: ['watch', 'Unexpected sender', '記録にない差出人'],
  already: ['watch', 'Junk from the start', '確認開始時から届いている'],
  growing: ['watch', 'Junk is growing', '迷惑メールが徐々に増えている'],
  junk_began: ['watch', 'Junk began', '迷惑メールが増えた'],
  likely_source: ['accent', 'Likely source', '流出元の可能性が高い'],
  very_likely_source: ['accent', 'Very likely source', '流出元の可能性が非常に高い'],
  told: ['accent', 'The service told you', 'サービスからの通知あり'],
  found: ['accent', 'Found in a mail', 'メール内で確認'],
  own_mail: ['neutral', 'Unwanted mail from the service itself', 'サービス自身からの不要なメール'],
  accepted: ['neutral', 'Marked as fine', '承知済みとして記録'],
};

const STORIES: Record<string, Story> = {
  denwa: { seed: 7, long: 300, before: 0.01, after: 5.3, began: '2026-05-14', wanted: 0.2 },
  kumo: { seed: 21, long: 170, before: 0, after: 1.5, began: '2026-06-02', wanted: 0.1 },
  work: { seed: 5, long: 420, before: 0.15, after: 2.2, began: '2026-06-14', wanted: 4.2, missed: ['2026-04-03', '2026-04-19'] },
  books: { seed: 9, long: 400, before: 0, after: 0, wanted: 0.4, stranger: 0.03 },
  quiet: { seed: 3, long: 360, before: 0, after: 0, wanted: 0.3 },
  old: { seed: 12, long: 500, before: 3.1, after: 3.1, wanted: 0.5 },
};

const NONE: OnsetBand = { earliest: null, estimate: null, latest: null };
const reason = (text: string, weight: string, against = false): EvidenceRow => ({ text, weight, against, addresses: [] });
const counts = (days: readonly ChartDay[]): DayCounts => ({
  first: days[0]?.day ?? '',
  junk: days.map((day) => day.junk),
  stranger: days.map((day) => day.stranger),
  unseen: days.flatMap((day, n) => (day.observed ? [] : [n])),
});
const sum = (days: readonly ChartDay[], key: 'junk' | 'wanted'): number => days.reduce((n, day) => n + day[key], 0);

/** Everything that the program would answer at a moment, in a language. */
export function answers(lang: Lang, moment: Moment): { [K in Name]?: Result<K> } {
  const ja = lang === 'ja';
  const say = (en: string, jp: string): string => (ja ? jp : en);
  const badge = (state: AddressState): Badge => {
    const [tone, en, jp] = BADGES[state];
    return { state, tone, text: say(en, jp) };
  };
  const days = Object.fromEntries(Object.entries(STORIES).map(([name, story]) => [name, traffic(story)]));
  const of = (name: string): ChartDay[] => days[name] ?? [];
  const denwa = say('Hoshimachi Denwa', 'ほしまち電話');
  const kumo = say('Kumonoue Cycles', 'くものうえ自転車');
  const onsets: Record<string, OnsetBand> = {
    denwa: { earliest: '2026-05-12', estimate: '2026-05-14', latest: '2026-05-15' },
    kumo: { earliest: '2026-06-01', estimate: '2026-06-02', latest: '2026-06-04' },
    work: { earliest: '2026-06-11', estimate: '2026-06-14', latest: '2026-06-15' },
  };

  const row = (
    id: number,
    address: string,
    story: string,
    state: AddressState,
    services: string[],
    kind: AddressRow['kind'] = 'catch_all',
  ): AddressRow => ({
    id,
    address,
    kind,
    kind_text:
      kind === null
        ? say('412 local parts seen only in mail, never given to anyone', 'メールの宛先にだけ現れた412個（誰にも渡していない）')
        : kind === 'plain'
          ? say('Ordinary address', '通常のアドレス')
          : kind === 'control'
            ? say('Lookout address (never given to anyone)', '見張り用アドレス（誰にも渡さない）')
            : say('Address on your own domain', '独自ドメインのアドレス'),
    status: 'active',
    purpose: id === 3 ? 'work' : id === 5 ? 'shopping' : null,
    badge: badge(state),
    services,
    first_seen: '2025-09-01',
    junk_total: sum(of(story), 'junk'),
    wanted_total: sum(of(story), 'wanted'),
    junk_30d: sum(of(story).slice(-30), 'junk'),
    spark: counts(of(story).slice(-90)),
  });
  const GIVEN = {
    before: say('Given before it happened', '発生前に渡した'),
    after: say('Given after it happened', '発生後に渡した'),
    unknown: say('Whether it was given before that is not known', '発生前に渡したかどうかは分かりません'),
  };
  const breaches = (service_id: number, service: string, given: [number, keyof typeof GIVEN][]): BreachRow[] => {
    const addresses = given.map(([id, when]) => ({
      address: { id, address: id === 2 ? 'kumo.k7f2@jun.example' : 'jun@studio-jun.example' },
      given: GIVEN[when],
      listed: say('Whether this address is in it is not known', 'このアドレスが含まれるかどうかは分かりません'),
    }));
    const facts = say('Happened on 11 April · published on 3 June · 152,445 accounts', '4月11日に発生・6月3日に公表・アカウント152,445件');
    const taken = say('Data in it: Email addresses, Names, Physical addresses, Phone numbers', '含まれる情報：Email addresses、Names、Physical addresses、Phone numbers');
    const attribution = say('Source: Have I Been Pwned, CC BY 4.0', '出典：Have I Been Pwned, CC BY 4.0');
    const older = say('Happened in 2019 · 7 accounts', '2019年に発生・アカウント7件');
    const unverified = say('The list could not verify this entry.', '一覧の作成者が事実と確認できていない項目です。');
    return [
      { service_id, service, title: 'Kumonoue (2026)', facts, taken, addresses, unverified: '', attribution },
      { service_id, service, title: 'Kumonoue Forum', facts: older, taken: '', addresses, unverified, attribution },
    ];
  };
  const eleven = ja
    ? ['印刷のたんぽぽ', 'あおば会計', 'ゆうなぎ書店', ...Array.from({ length: 8 }, (_, n) => `サービス${n + 4}`)]
    : ['Tanpopo Print', 'Aoba Accounting', 'Yunagi Books', ...Array.from({ length: 8 }, (_, n) => `Service ${n + 4}`)];
  const rows: AddressRow[] = [
    row(1, 'hoshimachi@jun.example', 'denwa', 'very_likely_source', [denwa]),
    row(2, 'kumo.k7f2@jun.example', 'kumo', 'likely_source', [kumo]),
    row(3, 'jun@studio-jun.example', 'work', 'junk_began', eleven, 'plain'),
    row(4, 'yunagi@jun.example', 'books', 'unexpected_sender', [say('Yunagi Books', 'ゆうなぎ書店')]),
    row(5, 'old.jun@freemail.example', 'old', 'already', [say('Minato Travel', 'みなと旅行')], 'plain'),
    row(6, 'tanpopo@jun.example', 'quiet', 'found', [say('Tanpopo Print', '印刷のたんぽぽ')]),
    row(7, 'aoba@jun.example', 'quiet', 'told', [say('Aoba Accounting', 'あおば会計')]),
    row(8, 'mimi@jun.example', 'quiet', 'own_mail', [say('Mimi Music', 'ミミ音楽')]),
    row(9, 'lookout@jun.example', 'quiet', 'no_change', [], 'control'),
    row(10, 'new.shop@jun.example', 'kumo', 'too_early', [say('Hidamari Tea', 'ひだまり茶舗')]),
    row(0, '*@jun.example', 'books', 'no_change', [], null),
  ];

  const mailed = (fakes: boolean): ExposureRow[] =>
    exposures(say, denwa, { id: 1, address: 'hoshimachi@jun.example' }, { id: 3, address: 'jun@studio-jun.example' }, fakes);

  const manyRows = Array.from({ length: moment === 'many' ? 2000 : 0 }, (_, n): AddressRow => {
    const like = rows[n % 9] as AddressRow;
    return { ...like, id: n + 1, address: `made-up-${n + 1}@jun.example` };
  });
  const service = (id: number, name: string, domains: string[], has: number[], over: Partial<ServiceRow>): ServiceRow => ({
    id,
    service: name,
    letter: name.slice(0, 1),
    domains,
    addresses: has.map((n) => ({ id: rows[n]?.id ?? 0, address: rows[n]?.address ?? '' })),
    purposes: [...new Set(has.flatMap((n) => rows[n]?.purpose ?? []))],
    given: null,
    basis: 'declared',
    standing: 'recorded',
    sure: true,
    wanted_total: 0,
    last: null,
    silent: false,
    last_mail: '',
    badge: null,
    ...over,
  });
  // As many as a long life brings together.
  const many = Array.from({ length: moment === 'many' ? 5000 : 0 }, (_, n) =>
    service(n + 1, `${say('Service', 'サービス')} ${n + 1}`, [`service${n + 1}.example`], [n % 9], { given: `20${10 + (n % 16)}-0${1 + (n % 9)}-11`, wanted_total: n % 97 }),
  );

  const card = (
    at: number,
    level: FlagCard['level'],
    story: string,
    title: string,
    since: string,
    before: string,
    rate: string,
    why: string,
  ): FlagCard => ({
    address_id: at,
    address: rows.find((each) => each.id === at)?.address ?? '',
    level,
    badge: rows.find((each) => each.id === at)?.badge ?? badge('junk_began'),
    title,
    since,
    before,
    rate,
    rate_unit: say('junk a day', '1日あたり'),
    why,
    spark: of(story).slice(-90),
    onset: onsets[story] ?? NONE,
  });
  const flags = [
    card(1, 'likely_source', 'denwa', denwa, say('since about 14 May', '5月14日ごろから'), say('before: fewer than 1 a month', '以前は月に1通未満'), say('5.5', '5.5通'),
      say(`You have recorded only ${denwa} for this address. Nothing else was tried on your domain in that time.`, `このアドレスを渡した記録があるのは ${denwa} だけです。同じ期間に、同じドメインへの推測の試みは見られません。`)),
    card(2, 'likely_source', 'kumo', kumo, say('since about 2 June', '6月2日ごろから'), say('before: fewer than 1 a month', '以前は月に1通未満'), say('1.4', '1.4通'),
      say(`You have recorded only ${kumo} for this address, and its random part is hard to guess.`, `このアドレスを渡した記録があるのは ${kumo} だけで、推測しにくい文字列を含みます。`)),
    card(3, 'junk_began', 'work', say('The source cannot be told', '流出元は特定できません'), say('since about 14 June', '6月14日ごろから'), say('before: 0.2', '以前は0.2通'), say('2.1', '2.1通'),
      say('11 services and 43 people have this address. The mail seen so far does not show where it got out.', 'このアドレスは11のサービスと43人に渡っています。これまでのメールからは、どこから広まったかを特定できません。')),
  ];
  const unexpected = [
    card(4, 'unexpected_sender', 'books', say('Unexpected sender', '記録にない差出人'), '', '', '',
      say('paperlane.example wrote here 3 times since 2 June; it is not on record.', '6月2日から paperlane.example が3通。記録にない差出人です。')),
  ];
  const total = together([of('denwa'), of('kumo'), of('work'), of('books'), of('old')]);
  const figures = [
    { value: String(sum(total.slice(-30), 'junk')), label: say('junk, last 30 days', '迷惑メール（30日間）') },
    { value: String(sum(total.slice(-30), 'wanted')), label: say('wanted, last 30 days', '必要なメール（30日間）') },
    { value: '10', label: say('addresses', 'アドレス') },
  ];
  const evening = moment === 'evening';
  const quiet = moment === 'quiet';

  const message = (id: number, day: string, en: string, jp: string, sender: string, subject: string, junk: boolean, mine = false): MessageRow => ({
    id,
    day,
    day_text: say(en, jp),
    sender,
    subject,
    verdict: junk ? 'junk' : 'wanted',
    source: mine ? 'user' : 'folder',
    verdict_text: junk ? say('Junk · Folder', '迷惑メール・フォルダー') : mine ? say('Wanted · You said so', '必要なメール・自分で指定') : say('Wanted · Folder', '必要なメール・フォルダー'),
    provenance: junk ? 'stranger' : 'service',
  });

  const WHY = {
    person: say('Someone you write with', 'やり取りのある人'),
    answer: say('An answer to your mail', '自分のメールへの返信'),
    service: say('A recorded service', '記録したサービス'),
  };
  const misfiled = (message: number, who: string, sender: string, why: keyof typeof WHY, when: string): MisfiledRow => ({
    message,
    who,
    sender: sender || who,
    why: WHY[why],
    address: { id: 3, address: 'jun@studio-jun.example' },
    when,
  });

  const page: AddressPage = {
    row: rows[0] as AddressRow,
    about: say(
      'Address on your own domain, given to one service on 12 March. 267 junk, 25 wanted. Watched every day since 1 March.',
      '独自ドメインのアドレス。3月12日に1つのサービスに渡しました。迷惑メール267通、必要なメール25通。3月1日から毎日確認。',
    ),
    coverage: [],
    days: of('denwa'),
    onset: onsets.denwa ?? NONE,
    pins: [
      { day: '2026-03-12', kind: 'given', label: say('given 12 March', '渡した日 3月12日') },
      { day: '2026-04-30', kind: 'exposed', label: say('list mailed out 30 April', '名簿が送られた 4月30日') },
      { day: '2026-04-30', kind: 'exposed', label: say('notice 30 April', '通知 4月30日') },
      { day: '2026-05-14', kind: 'onset', label: say('junk began about 14 May', '増えはじめ 5月14日ごろ') },
    ],
    sentence: say(
      'Since about 14 May (between 12 and 15 May) this address gets 5.5 junk messages a day. Before, fewer than one a month.',
      '5月14日ごろ（12日から15日の間）から、このアドレスに迷惑メールが1日あたり5.5通届いています。それまでは月に1通未満でした。',
    ),
    suspects: [
      { kind: 'service', title: denwa, likelihood: say('very likely (more than 9 in 10)', '可能性が非常に高い（9割以上）'), share: 0.93, named: true, leading: true,
        evidence: [
          reason(say('You have recorded only this service for the address.', '渡した記録があるのはこのサービスだけです。'), say('Speaks strongly for it.', '可能性を大きく高めます。')),
          reason(say('It was given on 12 March, 63 days before junk began.', '3月12日に渡しています（迷惑メールが増える63日前）。'), say('Speaks slightly for it.', '可能性をやや高めます。')),
        ] },
      { kind: 'guessed', title: say('The address was guessed', 'アドレスを推測された'), likelihood: say('very unlikely', 'ほとんど考えられない'), share: 0.04, named: false, leading: false,
        evidence: [reason(say('Nothing else was tried on your domain in that time.', '同じドメインへの推測の試みは、この期間に見られません。'), say('Speaks strongly against it.', '可能性を大きく下げます。'), true)] },
      { kind: 'unrecorded', title: say('Someone not in your records', '記録にない相手'), likelihood: say('very unlikely', 'ほとんど考えられない'), share: 0.02, named: false, leading: false,
        evidence: [reason(say('Somebody may have the address without being on record.', '記録していない相手が持っている可能性があります。'), '')] },
    ],
    conclusion: say(`Very likely source: ${denwa}`, `流出元の可能性が非常に高い：${denwa}`),
    joint: '',
    joint_addresses: [],
    cousins: [],
    others: [],
    chance: say('The increase is not chance: without a change, an address would show it less than once in 100,000 years. This says nothing about who is the source.', 'この増え方は偶然ではありません。変化のないアドレスでこうなるのは100,000年に1回未満です。ただし、流出元が誰かを示す数字ではありません。'),
    would_change: [say('Without this it would read “Cannot tell”: You have recorded only this service for the address.', '次の点がなければ「特定できません」となります：このアドレスを渡した記録があるのはこのサービスだけです。')],
    history: [
      { day: say('21 May', '5月21日'), text: say(`Junk began about 14 May. Very likely source: ${denwa}.`, `5月14日ごろから迷惑メールが増えました。流出元の可能性が非常に高い：${denwa}。`) },
      { day: say('17 May', '5月17日'), text: say('Junk began about 14 May. Cannot tell.', '5月14日ごろから迷惑メールが増えました。特定できません。') },
    ],
    caveat: say(
      'This is a likelihood, not proof. What else could explain it: the address was guessed, someone not in your records.',
      'これは可能性の高さであり、証拠ではありません。ほかに考えられる原因：アドレスを推測された、記録にない相手。',
    ),
    senders: [
      { domain: 'hoshimachi.example', provenance: 'service', authenticated: true, expected: true, detail: say('the service · 25 messages', 'サービス本体・25通'), count: 25, junk: 0, first: '2026-03-12', last: '2026-06-18' },
      { domain: 'deal232.example', provenance: 'stranger', authenticated: true, expected: false, detail: say('not on record · 31 messages · since 14 May', '記録にない差出人・31通・5月14日から'), count: 31, junk: 31, first: '2026-05-14', last: '2026-06-20' },
      { domain: 'luxe17.example', provenance: 'stranger', authenticated: false, expected: false, detail: say('sender not verified · 28 messages', '差出人を確認できない・28通'), count: 28, junk: 28, first: '2026-05-15', last: '2026-06-19' },
    ],
    breaches: [],
    exposures: mailed(false).slice(0, 3),
    holders: [{ service_id: 1, service: denwa, given: say('given 12 March (you recorded it)', '3月12日に渡した（自分で記録）'), given_from: '2026-03-12', basis: 'declared' }],
    messages: [
      message(91, '2026-06-20', '20 June', '6月20日', 'Deal Flash', say('Your parcel is waiting for payment', 'お荷物のお支払いをお待ちしています'), true),
      message(90, '2026-06-20', '20 June', '6月20日', 'luxe17.example', say('Watches, 90% off, today only', '時計が本日限り90%オフ'), true),
      message(89, '2026-06-19', '19 June', '6月19日', 'Deal Flash', say('Second notice about your account, please answer at once', 'アカウントに関する2回目のお知らせ'), true),
      message(88, '2026-06-18', '18 June', '6月18日', denwa, say('Your bill for June', '6月分のご請求'), false),
      message(87, '2026-06-17', '17 June', '6月17日', 'Nami Nishi', '', false, true),
      ...Array.from({ length: 20 }, (_, n) => message(60 - n, '2026-06-10', '10 June', '6月10日', 'bonus44.example', say('Win again', 'もう一度当たる'), true)),
    ],
  };
  const shared: AddressPage = {
    ...page,
    row: rows[2] as AddressRow,
    about: say('Ordinary address, given to 11 services. Watched since 26 April 2025.', '通常のアドレス。11のサービスに渡しました。2025年4月26日から確認。'),
    coverage: [say('Not watched from 3 to 19 April. These days are left out, not counted as zero.', '4月3日から19日は確認できていません。この期間は0通とせず、集計から外しています。')],
    days: of('work'),
    onset: onsets.work ?? NONE,
    pins: [
      ...['2025-06-02', '2025-09-14', '2026-02-25', '2026-03-01', '2026-03-04', '2026-04-28', '2026-05-30'].map((day) => ({ day, kind: 'given' as const, label: say(`given to ${eleven[0]}`, `${eleven[0]} に渡した`) })),
      { day: '2026-01-09', kind: 'exposed', label: say('shown to others 9 January', 'ほかの人に見えた 1月9日') },
      { day: '2026-04-30', kind: 'exposed', label: say('list mailed out 30 April', '名簿が送られた 4月30日') },
      { day: '2026-06-14', kind: 'onset', label: say('junk began about 14 June', '増えはじめ 6月14日ごろ') },
    ],
    sentence: say('Since about 14 June (between 11 and 15 June) this address gets 2.1 junk messages a day. Before, 0.2.', '6月14日ごろ（11日から15日の間）から、このアドレスに迷惑メールが1日あたり2.1通届いています。それまでは0.2通でした。'),
    suspects: [{ kind: 'service', title: say('Cannot tell', '特定できません'), likelihood: '', share: null, named: false, leading: false, evidence: [reason(flags[2]?.why ?? '', '')] }],
    conclusion: say('Cannot tell', '特定できません'),
    others: [],
    chance: '',
    would_change: [],
    history: [],
    caveat: '',
    exposures: mailed(false).filter((row) => row.addresses.some((one) => one.id === 3)),
    breaches: [...breaches(1, eleven[0] ?? '', [[3, 'unknown']]), ...breaches(2, eleven[1] ?? '', [[3, 'before']]).slice(0, 1)],
    holders: eleven.map((service, index) => ({ service_id: index, service, given: say('found in your mail', 'メールから推定'), given_from: null, basis: 'inferred' })),
  };

  const accounts: AccountRow[] = [
    {
      id: 1, name: 'jun@studio-jun.example', detail: 'imap.studio-jun.example:993, TLS', security: 'tls',
      state: evening ? say('Reading, 2 min left', '読み込み中（残り約2分）') : say('Up to date, 4 min ago', '最新（4分前）'),
      reading: evening, sign_in_again: false, enter_password: false,
      progress: evening ? { read: 48200, total: 61000, text: say('Read back to March 2024. 48,200 of about 61,000 messages, 2 minutes left.', '2024年3月まで読み込みました。約61,000通のうち48,200通、残り約2分。') } : null,
      fault: '', junk_folder: '',
      mailboxes: [
        { id: 1, name: 'INBOX', role: 'inbox', role_text: '', by_user: false, messages: 18234 },
        { id: 2, name: 'Junk', role: 'junk', role_text: '', by_user: false, messages: 412 },
        { id: 3, name: 'Sent', role: 'sent', role_text: '', by_user: false, messages: 5021 },
      ],
    },
    {
      id: 2, name: 'old.jun@freemail.example', detail: 'imap.freemail.example:993, TLS', security: 'tls',
      state: say('Cannot sign in since yesterday', '昨日からログインできません'), reading: false, sign_in_again: false, enter_password: true, progress: null,
      fault: say('The server does not accept this password. Counting is paused.', 'このパスワードではログインできません。集計が止まっています。'),
      junk_folder: say('Atesaki cannot see the junk folder of this mailbox and counts no junk here.', 'このメールアカウントの迷惑メールフォルダーが見えないため、迷惑メールを数えられません。'),
      mailboxes: [
        { id: 4, name: 'INBOX', role: 'inbox', role_text: '', by_user: false, messages: 3120 },
        { id: 5, name: say('Bulk', 'バルク'), role: 'other', role_text: '', by_user: false, messages: 96 },
      ],
    },
    { id: 3, name: '/home/jun/Mail/2024.mbox', detail: say('Mail on this PC', 'このPCにあるメール'), security: null, state: say('Read on 1 June', '6月1日に読み込み'), reading: false, sign_in_again: false, enter_password: false, progress: null, fault: '', junk_folder: '', mailboxes: [] },
  ];

  return {
    settings: {
      lang, lang_from_system: true, sample: moment === 'full', data_folder: '/home/jun/.local/share/atesaki', zone: 'Asia/Tokyo', version: '0.1.0',
      hide_addresses: false, attachments: moment === 'evening' ? null : true, starts_with_pc: false, fixed_now: '2026-06-20T12:00:00Z',
      breaches: {
        on: moment === 'evening' ? null : true,
        kept: [say('Have I Been Pwned, CC BY 4.0: 875 entries, fetched 14 June 9:41', 'Have I Been Pwned, CC BY 4.0：875件（取得：6月14日 9:41）')],
        trouble: {
          text: say('haveibeenpwned.com asks to be left alone until 2026-06-20 23:10.', 'haveibeenpwned.com は、2026-06-20 23:10 まで要求を控えるよう求めています。'),
          action: say('The last copy is used. Atesaki does not ask before then.', '前回の一覧を使います。それまでは要求しません。'),
        },
        chosen: 'https://list.example/breaches.csv',
        chosen_kept: [say('A made-up list: 312 entries, fetched 14 June 9:41', '架空の一覧：312件（取得：6月14日 9:41）')],
        chosen_trouble: null,
      },
      network: [
        { title: say('Your own mail servers', '自分のメールサーバー'), text: 'imap.studio-jun.example, imap.freemail.example', on: true },
        { title: say('Looking up server settings', 'サーバー設定の検索'), text: say('Only when you press "look up": the domain’s web server and Thunderbird’s list learn the domain, never the address.', '「調べる」を押したときだけ。ドメイン名だけが伝わり、アドレスは送りません。'), on: false },
      ],
      kept: [
        { title: say('When it came, its size', '届いた日時とサイズ'), text: say('For good.', '消えません。'), on: null },
        { title: say('Sender, subject (120 characters)', '差出人と件名（120文字まで）'), text: say('Not for wanted mail between people.', '人同士の必要なメールでは残しません。'), on: null },
      ],
      kept_row: [
        { label: say('Came', '届いた日時'), value: '2026-06-20 09:41' },
        { label: say('From', '差出人'), value: 'info@deal232.example' },
        { label: say('Subject', '件名'), value: say('Your parcel is waiting for payment', 'お荷物のお支払いをお待ちしています') },
      ],
    },
    restore: [
      say('The backup was restored.', 'バックアップを復元しました。'),
      say('The ledger that was here is kept in /home/jun/.local/share/atesaki/ledger.before-restore-0001.sqlite.', 'それまでの記録は /home/jun/.local/share/atesaki/ledger.before-restore-0001.sqlite に残しています。'),
      say('Passwords and sign-ins are not in a backup. Needed again for: jun@studio-jun.example and jun@freemail.example.', 'パスワードとログインはバックアップに含まれません。もう一度必要なアカウント：jun@studio-jun.example と jun@freemail.example。'),
    ],
    overview: {
      headline: evening
        ? say('It is too early to say when junk began.', 'いつ増えたかは、まだ判断できません。')
        : quiet
          ? say('Nothing new.', '新しい変化はありません。')
          : say('Junk began at three addresses.', '3個のアドレスで迷惑メールが増えました。'),
      headline_more: evening ? '' : quiet
        ? say('10 addresses, watched since 3 March.', '10個のアドレスを3月3日から確認しています。')
        : say('For two of them, one service is the likely source.', 'うち2個は、流出元の可能性が高いサービスが1つに絞られています。'),
      empty: moment === 'empty',
      flags: evening || quiet ? [] : flags,
      unexpected: quiet ? [] : unexpected,
      coverage: [say('Not watched from 3 to 19 April at jun@studio-jun.example. These days are left out, not counted as zero.', 'jun@studio-jun.example は4月3日から19日まで確認できていません。この期間は0通とせず、集計から外しています。')],
      first_evening: evening
        ? {
            sentence: say('Your junk folder goes back 30 days, so it is too early to say when junk began. From today nothing is lost. Here is what your mail already shows:', '迷惑メールフォルダーに残っているのは30日分のため、いつ増えたかはまだ判断できません。今日からの記録は消えません。これまでのメールから分かることは次のとおりです。'),
            shown: [
              { value: '10', label: say('addresses of yours', '自分のアドレス') },
              { value: '18', label: say('services that have one', 'アドレスを渡したサービス') },
              { value: '3', label: say('hear from senders not on record', '記録にない差出人から届くアドレス') },
              { value: '2', label: say('already get junk', 'すでに迷惑メールが届くアドレス') },
            ],
          }
        : null,
      total: evening ? total.slice(-30) : total,
      figures,
      exposures: evening || quiet ? [] : mailed(false),
      joint: [],
      cousins: [],
      misfiled: evening
        ? null
        : {
            sentences: [
              say('4 messages from people you write with are in the junk folder.', 'やり取りのある人からのメールが4通、迷惑メールに入っています。'),
              say('1 answer to your mail is in the junk folder.', '自分のメールへの返信が1通、迷惑メールに入っています。'),
              say('1 message from a recorded service is in the junk folder.', '記録したサービスからのメールが1通、迷惑メールに入っています。'),
            ],
            rows: [
              misfiled(71, say('Nami Nishi', '西 奈美'), 'nami@nishi-design.example', 'person', say('today 9:41', '今日 9:41')),
              misfiled(70, 'bob.without.any.name@a-rather-long-domain-name.example', '', 'answer', say('yesterday 23:05', '昨日 23:05')),
              misfiled(69, denwa, 'info@hoshimachi.example', 'service', say('17 June 8:00', '6月17日 8:00')),
            ],
            more: say('3 more', 'ほか3通'),
            unverified: say('2 more give the address of a known sender but could not be verified. They are not listed.', '知っている差出人を名乗っていても確認できないメールが、ほかに2通あります。表示していません。'),
          },
      exceptions: evening || quiet ? [] : [
        {
          address: { id: 3, address: 'jun@studio-jun.example' },
          sentence: say('11 services have your work address.', '仕事用アドレスは11のサービスに渡っています。'),
          services: [...eleven.slice(0, 4), say('7 more', 'ほか7件')].join(say(', ', '、')),
        },
      ],
      candidates: evening ? 3 : 0,
    },
    addresses: moment === 'empty' ? [] : moment === 'many' ? manyRows : rows,
    address: page,
    shared,
    proposals: [
      {
        id: -2,
        name: 'Kumonoue Cycles',
        domains: ['kumonoue.example', 'kumonoue.test'],
        has: 'jun@studio-jun.example',
        detail: say('14 messages, the first on 3 May 2024 (an account was made), the last on 12 June', '14通。最初は2024年5月3日（登録完了のお知らせ）、最後は6月12日'),
        sure: true,
      },
      {
        id: -5,
        name: 'Pikapon Mart',
        domains: ['pikapon.example'],
        has: say('jun@studio-jun.example, jun@jun.example and 2 addresses more', 'jun@studio-jun.example、jun@jun.example、ほか2個'),
        detail: say('3 messages, the first on 8 January (a newsletter), the last on 2 June', '3通。最初は1月8日（メールマガジン）、最後は6月2日'),
        sure: false,
      },
    ],
    services: moment === 'empty' ? [] : moment === 'many' ? many : [
      service(1, denwa, ['hoshimachi.example', 'hoshimachi-mail.example'], [0], { given: '2026-03-12', wanted_total: 25, last: '2026-06-18', badge: badge('very_likely_source') }),
      service(2, kumo, ['kumonoue.example'], [1, 2], { given: '2026-01-04', basis: 'imported', wanted_total: 12, last: '2026-06-02' }),
      service(3, say('Tanpopo Print', '印刷のたんぽぽ'), ['tanpopo.example'], [5], { given: '2025-03-03', wanted_total: 84, last: '2026-06-19' }),
      service(4, say('Hidamari Tea', 'ひだまり茶舗'), [], [9], { given: '2026-06-19' }),
      service(-5, say('Pikapon Mart', 'ぴかぽんマート'), ['pikapon.example'], [2, 5, 9], { given: '2024-01-08', basis: 'inferred', standing: 'inferred', wanted_total: 3, last: '2024-06-02', silent: true }),
    ],
    service: {
      row: service(2, kumo, ['kumonoue.example'], [1, 2], { given: '2026-01-04', wanted_total: 12, last: '2026-06-02' }),
      mail: say('12 messages, the first on 4 January, the last on 2 June.', '12通。最初は1月4日、最後は6月2日。'),
      domains: [
        { id: 1, domain: 'kumonoue.example', detail: say('the service', 'サービス本体') },
        { id: 2, domain: 'kumonoue-mail.example', detail: say('mails for the service', '配信の委託先') },
      ],
      addresses: [
        { id: 2, address: rows[1]?.address ?? '', given: say('given 4 January · You recorded it', '1月4日に渡した・自分で記録'), badge: badge('likely_source') },
        { id: 3, address: rows[2]?.address ?? '', given: say('given 3 May 2024 · Found in your mail · also has: name', '2024年5月3日に渡した・メールから推定・ほかに渡したもの：氏名'), badge: badge('junk_began') },
      ],
      former: [say('Kumonoue Bicycles', 'くものうえサイクル')],
      alike: [{ id: 9, service: say('Kumonoue Rental', 'くものうえレンタル') }],
      flags: moment === 'empty' ? [] : flags.slice(0, 1),
      exposures: mailed(true),
      breaches: breaches(2, kumo, [[2, 'before'], [3, 'after']]),
    },
    aliases: [
      { address: 'stamps-k7f2m@jun.example', tells: say('New, on your own domain, for this service alone. Nobody guesses it, so junk there says much.', '自分のドメインの新しいアドレス。このサービス専用で推測されにくいため、迷惑メールが届けば出所の手がかりになります。') },
      { address: 'old.jun@freemail.example', tells: say('Shopping: 3 services already have it. Junk there does not show who let it out.', '買い物・会員登録用：すでに3件のサービスに渡しています。迷惑メールが届いても、どこから広まったかは分かりません。') },
    ],
    imports: moment === 'empty' ? [] : [
      { id: 2, day: say('2 June', '6月2日'), format: 'SimpleLogin', counted: say('Added: 14. Already there: 0. Left alone: 1.', '追加：14件。記録済み：0件。対象外：1件。') },
      { id: 1, day: say('4 January', '1月4日'), format: 'Bitwarden (JSON)', counted: say('Added: 61. Already there: 3. Left alone: 12.', '追加：61件。記録済み：3件。対象外：12件。') },
    ],
    pick_export: { id: 0, path: '/home/jun/passwords.csv' },
    import_preview: {
      format: 'Chrome, Edge, Brave', columns: [], ready: true, more: 0, added: 2, merged: 0, left_alone: 1, notes: [], import: null, file_left: '',
      counted: say('Added: 2. Already there: 0. Left alone: 1.', '追加：2件。記録済み：0件。対象外：1件。'),
      rows: [
        { service: 'Made-up Stamps', address: 'stamps-q8z4@jun.example', what: 'added', why: null },
        { service: 'Hidamari Tea', address: 'tea.m2x9@jun.example', what: 'added', why: null },
        { service: 'Router', address: 'jun@jun.example', what: 'left_alone', why: say('A device in your own network', '自分のネットワーク内の機器です') },
      ],
    },
    accounts: moment === 'empty' ? [] : accounts,
    found_archives: [
      { title: say('Thunderbird: jun@studio-jun.example', 'Thunderbird：jun@studio-jun.example'), path: '/home/jun/.thunderbird/a1b2.default/ImapMail/imap.studio-jun.example', mailboxes: say('14 folders', 'フォルダー14個'), addresses: ['jun@studio-jun.example'], server: { host: 'imap.studio-jun.example', port: 993, security: 'tls', login: 'jun@studio-jun.example' }, added: false, connected: false },
      { title: say('Thunderbird: Local Folders', 'Thunderbird：ローカルフォルダー'), path: '/home/jun/.thunderbird/a1b2.default/Mail/Local Folders', mailboxes: say('6 folders', 'フォルダー6個'), addresses: [], server: null, added: false, connected: false },
    ],
    candidates: [
      { address: 'jun@studio-jun.example', messages: 18234, detail: say('18,234 messages since March 2024', '2024年3月から18,234通'), likely: true },
      { address: 'hoshimachi@jun.example', messages: 292, detail: say('292 messages since March', '3月から292通'), likely: true },
      { address: 'kumo.k7f2@jun.example', messages: 41, detail: say('41 messages since January', '1月から41通'), likely: true },
      { address: 'all@studio-friends.example', messages: 12, detail: say('12 messages since May', '5月から12通'), likely: false },
    ],
    incidents: quiet || moment === 'empty' ? [] : [
      { id: 1, address_id: 1, address: rows[0]?.address ?? '', service: denwa, status: say('Noticed', '確認中'), opened: say('17 May', '5月17日'), sentence: page.sentence, badge: badge('very_likely_source') },
      { id: 3, address_id: 6, address: rows[5]?.address ?? '', service: denwa, status: say('Noticed', '確認中'), opened: say('30 April', '4月30日'), sentence: mailed(false)[1]?.sentences[0] ?? '', badge: badge('found') },
      { id: 4, address_id: 7, address: rows[6]?.address ?? '', service: denwa, status: say('Noticed', '確認中'), opened: say('30 April', '4月30日'), sentence: mailed(false)[0]?.sentences[0] ?? '', badge: badge('told') },
      { id: 2, address_id: 3, address: rows[2]?.address ?? '', service: null, status: say('Noticed', '確認中'), opened: say('17 June', '6月17日'), sentence: shared.sentence, badge: badge('junk_began') },
    ],
  } as { [K in Name]?: Result<K> };
}
