// Mail that revealed addresses, made up: one of every kind.
import type { AddressLink, ExposureRow, QuoteRow } from '../src/lib/api/types';

type Say = (en: string, jp: string) => string;

/** Exposures, newest first; with fakes where they are shown. */
export function exposures(say: Say, denwa: string, own: AddressLink, work: AddressLink, fakes: boolean): ExposureRow[] {
  const quote = (item: string, quote: string, n: number): QuoteRow => ({ item, quote, place: say(`line ${n}`, `${n}行目`) });
  const link = { id: 1, service: denwa };
  const list = say('A list of people is attached', '名簿が添付されています');
  const advice = say(
    "Please delete the mail and do not pass the file on: it holds other people's data. Atesaki keeps only the count.",
    'ほかの人の情報が含まれています。メールを削除し、ファイルは転送しないでください。Atesaki に残るのは件数だけです。',
  );
  const base: ExposureRow = {
    id: 0, way: 'list', title: list, tone: 'accent', when: '', day: '', sender: denwa, service: link, sentences: [], says: [], leaves_out: [],
    addresses: [], afterwards: [], advice,
  };
  const notice: ExposureRow = {
    ...base, id: 5, way: 'notice', title: say('From the service, verified', 'サービス本体から（確認済み）'),
    when: say('30 April 21:18', '4月30日 21:18'), day: '2026-04-30',
    sentences: [say(`${denwa} says that names and e-mail addresses got out.`, `${denwa} から、氏名とメールアドレスが漏えいしたとの通知がありました。`)],
    says: [
      quote(say('When it happened', 'いつ起きたか'), '本日13時43分ごろにお送りしたメールに、他のお客様の情報が含まれておりました。', 3),
      quote(say('What it asks of you', '求められていること'), 'お手数ですが、当該メールと添付ファイルの削除をお願いいたします。', 4),
      quote(say('What it asks of you', '求められていること'), 'ご不安な場合は、メールアドレスの変更をご検討ください。', 5),
      quote(say('What it offers', '提示されていること'), '来月分の月額料金を減額させていただきます。', 6),
    ],
    leaves_out: [
      say('how it happened', '経緯と原因'), say('how many people are affected', '対象の人数'), say('what may follow', '起こりうる被害'), say('what is done about it', '対応と再発防止'),
      say('whether an authority was told', '公的機関への報告'), say('whom to ask', '問い合わせ先'),
    ],
    addresses: [own, work],
    afterwards: [
      say('It is about the mail of 30 April 13:43.', '4月30日 13:43のメールについての通知です。'),
      say('14 days later junk began at hoshimachi@jun.example (since about 14 May).', '14日後、hoshimachi@jun.example の迷惑メールが増えました（5月14日ごろから）。'),
    ],
    advice: say(
      'Expect junk and mail that uses what got out. If a password got out, change it at the service itself, not through a link in a mail. Ask what the notice leaves out.',
      '迷惑メールや、外部に渡った情報を使ったメールに注意してください。パスワードが含まれる場合は、メール内のリンクからではなく、サービスの画面で変更してください。書かれていないことは問い合わせで確認できます。',
    ),
  };
  const found: ExposureRow = {
    ...base, id: 4, when: say('30 April 13:43', '4月30日 13:43'), day: '2026-04-30',
    sentences: [
      say(`This mail from ${denwa} carries a list of about 3,385 people. Your name and hoshimachi@jun.example and jun@studio-jun.example are on it.`, `${denwa} からのこのメールに、約3,385人分の名簿が添付されています。自分の氏名と hoshimachi@jun.example、jun@studio-jun.example も載っています。`),
      say('It holds: e-mail addresses, names, postal addresses and customer numbers.', '載っているもの：メールアドレス、氏名、住所、お客様番号。'),
    ],
    addresses: [own, work],
    afterwards: [say(`${denwa} wrote about it (30 April 21:18).`, `${denwa} から、これについて連絡がありました（4月30日 21:18）。`)],
  };
  const without: ExposureRow = {
    ...base, id: 3, when: say('2 February 10:02', '2月2日 10:02'), day: '2026-02-02',
    sentences: [say(`This mail from ${denwa} carries a list of at least 10,000 people. No address or name of yours was found on it.`, `${denwa} からのこのメールに、少なくとも10,000人分の名簿が添付されています。自分のアドレスや氏名は見つかりませんでした。`)],
    afterwards: [say(`${denwa} has not written about it so far.`, `${denwa} から、これについての連絡はまだありません。`)],
  };
  const shown: ExposureRow = {
    ...base, id: 2, way: 'recipients', tone: 'watch', title: say('Your address was shown to other recipients', '他の宛先の人にアドレスが見えています'),
    when: say('9 January 9:41', '1月9日 9:41'), day: '2026-01-09', sender: say('Tanpopo Print', '印刷のたんぽぽ'), service: { id: 3, service: say('Tanpopo Print', '印刷のたんぽぽ') },
    sentences: [say('A mail from Tanpopo Print shows jun@studio-jun.example to 214 other people.', '印刷のたんぽぽ からのメールで、jun@studio-jun.example がほかの214人に見えています。')],
    addresses: [work],
    advice: say('Do not answer to all. Whoever got this mail has your address now.', '全員に返信しないでください。このメールを受け取った人には、アドレスが伝わっています。'),
  };
  const other: ExposureRow = {
    ...base, id: 1, way: 'notice', tone: 'watch', title: say('Verified, but from another company', '確認済み（別の会社の名義）'),
    when: say('4 December 2025 8:00', '2025年12月4日 8:00'), day: '2025-12-04', sender: 'kakunin-center.example', service: null,
    sentences: [say('kakunin-center.example tells of an incident, and not that data got out.', 'kakunin-center.example から、問題が起きたとの通知がありました。情報が漏えいしたとは書かれていません。')],
    says: [quote(say('Whom to ask', '問い合わせ先'), 'お問い合わせ窓口 0120-000-000（平日10時から18時）', 12)],
    leaves_out: [say('how it happened', '経緯と原因'), say('which data', '何の情報か')],
    addresses: [work],
    advice: say('Another company writes about it. Check at the service itself whether this is so.', '別の会社の名義で届いています。サービス本体の画面で確認してください。'),
  };
  const fake: ExposureRow = {
    ...base, id: 6, way: 'notice', tone: 'neutral',
    title: say(`Probably not from ${denwa}: sent from hoshimachi-support.example, not verified, asks you to sign in`, `${denwa} をかたるメールの可能性：送信元は hoshimachi-support.example（確認できず）、ログインを求める内容`),
    when: say('3 May 4:12', '5月3日 4:12'), day: '2026-05-03', sender: 'Hoshimachi Support', service: null,
    sentences: [say('Hoshimachi Support says that passwords got out.', 'Hoshimachi Support から、パスワードが漏えいしたとの通知がありました。')],
    says: [quote(say('What it asks of you', '求められていること'), '至急ログインしてください。', 2)],
    addresses: [own],
    advice: say('Do not follow its links and enter nothing there.', 'リンクを開いたり、何かを入力したりしないでください。'),
  };
  return [...(fakes ? [fake] : []), notice, found, without, shown, other];
}
