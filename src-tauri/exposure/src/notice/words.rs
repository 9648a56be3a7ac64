//! The words by which a notice is known, and those by which everything else is: tables that a
//! reader can check. How a term is matched stands at [`super::folded::place`]: texts are folded by
//! NFKC and case, `..` is a gap within a sentence, `$` ends a word.
//!
//! The words for what happened follow what firms write in English and Japanese notices, and what
//! Japan's rules on personal information and the GDPR (articles 33 and 34) ask a notice to say.

use super::{DataClass, Item};

/// Terms of one meaning, `|` between them.
pub(super) type Terms = &'static str;

/// A subject with one of these may be a notice, and its text is worth a look.
pub(super) const CANDIDATE: Terms = "breach | incident | unauthori | compromis | leak | expos | hacked | hacking | stolen | \
    ransomware | cyber | disclos | sent in error | sent by mistake | mistakenly | misdirect | \
    wrong recipient | apolog | sorry for | sorry about | please delete | about your account | \
    about your information | about your personal | affecting your | 漏えい | 漏洩 | 流出 | \
    もれ | 漏れ | 不正アクセス | 不正ログイン | 不正な | 不正に | 不正利用 | 不正取得 | \
    不正持ち出し | 不正閲覧 | 第三者によるアクセス | サイバー | ランサム | マルウェア | \
    ウイルス感染 | 改ざん | 攻撃 | インシデント | セキュリティ事故 | セキュリティ上 | 誤配信 | \
    誤送付 | 誤表示 | 誤掲載 | 誤って | 誤送 | 紛失 | 盗難 | お詫び | おわび | お詫 | 陳謝 | \
    謝罪 | 削除のお願い | 破棄のお願い | 送りしたメール | 配信したメール | 事故 | 被害 | 続報 | \
    第一報 | 第二報 | 第三報 | 最終報 | 第1報 | 第2報 | 第3報 | 第4報 | 第5報 | 公開状態 | \
    閲覧可能 | なりすまし | 不審な | 不審メール | 委託先における | 大切なお知らせ | 緊急 | \
    email address | e-mail address | the email we sent | the e-mail we sent | \
    our previous email | our email of | our e-mail of | sent you by | the incident | \
    what happened | about your | lost..your | 添付ファイル | 送ったメール | 先ほどのメール | \
    先程のメール | 本日のメール | 昨日のメール | 持ち出し | 取り扱いについて | 取扱いに関する | \
    不具合 | mistake | data | wrong attach | wrong file | your personal | privacy | \
    passwords reset | theft | the e-mail you | the email you | e-mails from us | seen by | \
    important | security | notice of | notice to | regarding | incident at | lost..laptop | \
    concerning | an update on | letter to | attachment | 重要 | 情報 | データ | ミス | \
    取り違え | 皆様へ | 皆さまへ | 保護者様 | ご利用者様 | 会員様へ | お客様各位 | お客様へ | \
    迷惑メール | usb | 障害 | 送信 | ご報告 | ご連絡 | 書類 | アドレス | documents | loss of";

/// Subjects that give an incident its name in the form of a notice: each names an event and a form.
pub(super) const TITLE_EVENT: Terms = "漏えい | 漏洩 | 流出 | 不正アクセス | 不正ログイン | 不正持ち出し | 不正閲覧 | 不正取得 | \
    第三者によるアクセス | サイバー攻撃 | ランサムウェア | ランサムウエア | マルウェア感染 | \
    ウイルス感染 | 改ざん | 情報..紛失 | 情報..盗難 | パソコン..紛失 | usbメモリ..紛失 | \
    情報..もれ | 個人情報..取り扱い..不備 | 情報..閲覧可能 | セキュリティインシデント | \
    情報セキュリティ事故 | data breach | security breach | privacy breach | security incident | \
    cyber incident | cybersecurity incident | privacy incident | data incident | \
    data security event | data security incident | cyber attack | cyberattack | ransomware | \
    unauthorized access | unauthorised access | unauthorized disclosure | \
    unauthorised disclosure | data exposure | data leak | exposure of | \
    disclosure of..information | disclosure of..data | disclosure of..address | 情報..誤表示 | \
    アドレス..誤表示 | 情報..誤掲載 | 情報..誤送信 | 情報..誤配信 | 情報..誤送付 | \
    アドレス..誤送信 | misdirected | address was visible | addresses were visible | \
    addresses..visible | disclosure of personal | personal data breach | vendor incident | \
    data theft | lost a laptop | lost..laptop | laptop..stolen | 書類..紛失 | 紛失..書類 | \
    パソコン..盗難 | usb..紛失 | 名簿..持ち出し | 情報..持ち出し | データ..持ち出し | \
    送信ミス | exposed your | personal information exposed";

/// The form in which a sender tells of something of its own.
pub(super) const TITLE_FORM: Terms = "お詫び | おわび | お知らせ | ご報告 | について | 発生 | に関する | 第1報 | 第2報 | 第3報 | \
    続報 | 最終報 | notice | notification | regarding | concerning | important | our$ | your$ | \
    update on | letter | apolog | information about | information on | statement | incident | \
    disclosure | lost$ | visible | misdirected | reset | unauthorized access to | \
    unauthorised access to";

/// What a title says that gives advice, sells, warns or reports on others.
pub(super) const TITLE_ELSE: Terms = "対策 | 防止 | 防ぐ | 防げ | 守る | 備え | 注意喚起 | ご注意 | にご用心 | セミナー | \
    ウェビナー | 講座 | 研修 | 訓練 | 保険 | ニュース | メルマガ | 通信 | 事例 | 解説 | 資料 | \
    無料 | 特集 | とは | 強化 | 体験 | 診断 | 件名サンプル | フィッシング | 詐欺 | を装った | \
    装う | をかたる | 騙る | 検知サービス | チェック | how to | what to | protect | prevent | \
    avoid | tips | lessons | webinar | newsletter | digest | weekly | report: | news | survey | \
    guide | training | simulation | insurance | free$ | % off | sale | response plan | \
    readiness | cost of | beware | scam | phishing | policy | patch | advisory | bulletin | \
    vulnerabilit | re: | fwd: | fw: | rfc | [spam | call for | law | bill | alert service | \
    case study | settlement";

/// Words that themselves say that data got out.
pub(super) const LEAK: Terms = "漏えい | 漏洩 | 情報..流出 | 情報が流出 | アドレス..流出 | データ..流出 | 流出の可能性 | \
    流出した可能性 | data breach | breach of your | breach of our | breach of data | \
    personal data breach | data was breached | addresses were visible | \
    addresses of all recipients | customer information..accessed | \
    personal information..accessed | data..in the hands of";

/// What a leak is of, besides the kinds of data ([`DATA`]).
pub(super) const PERSONAL: Terms = "個人情報 | 個人データ | お客様の情報 | お客さまの情報 | お客様情報 | お客さま情報 | \
    顧客情報 | 会員情報 | 会員様の情報 | 利用者情報 | ユーザー情報 | 登録情報 | 名簿 | 申込書 | \
    契約書 | 顧客データ | メール本文 | personal information | personal data | \
    personal details | customer information | customer data | customer details | \
    customer records | customer list | user data | user information | member data | \
    member information | membership list | mailing list | your information | your data | \
    your details | your account | your records | your message | your file | your documents | \
    your page | information about you | some of your | employee data | patient data | \
    patient information | contact details | client data | client information | user database | \
    profile database | customer database | other customers' | account details | user accounts | \
    your..statement | your policy | your letter | your application | your ticket | \
    your tickets | your booking | your order | the list | a list of | names of | addresses of | \
    お客様の..書 | お客様の..票 | 別のお客様の | payslip | salary | subscribers | photos | \
    albums | appointment letter | test results | blood test | documents | エントリーシート | \
    配信リスト | 顧客リスト | 会員リスト | 受講者 | 病名 | 学年 | 成績 | 履歴書";

/// Something was got, seen or sent to others: with something personal, data got out.
pub(super) const GOT_OUT: Terms = "流出 | 漏れた | 漏れて | 不正に閲覧 | 閲覧され | 閲覧した | 閲覧できる状態 | \
    閲覧可能な状態 | 閲覧が可能 | 不正に引き出 | 引き出され | 窃取 | 盗み出 | 盗まれ | 抜き取 | \
    不正取得 | 不正に取得 | 取得され | 不正に持ち出 | 持ち出され | 持ち出した | \
    外部に送信され | 外部に公開 | 外部から参照 | 外部から閲覧 | 公開状態 | 誤って公開 | \
    誤って表示 | 誤表示 | 誤掲載 | 誤って掲載 | 誤送信 | 誤配信 | 誤送付 | 誤って送信 | \
    誤って送付 | 誤って配信 | 誤って添付 | 誤ってお送り | 誤って別 | 誤って他 | \
    他のお客様の..含ま | 他のお客さまの..含ま | 他の方の..含ま | ほかのお客様の..含ま | \
    別のお客様の..含ま | お客様以外の..含ま | 他の会員..含ま | 他のお客様の..添付 | \
    別のお客様の..添付 | お客様..が添付され | 他のお客様の..記載 | 別のお客様の..記載 | \
    他のお客様の..表示 | 別のお客様の..表示 | 他の会員..表示 | 他のお客様に..表示 | \
    他の利用者..表示 | 他のお客様の..送 | 第三者に..送信 | 第三者に..送付 | 第三者へ..送信 | \
    第三者に開示 | 第三者に渡 | 第三者の手に | 宛先に..アドレス..表示 | アドレスが表示された | \
    アドレスが..見える | アドレス..お互いに | 宛先欄 | to欄 | cc欄 | bccに..べき | \
    bccで..べき | 紛失 | 盗難に | 置き忘れ | 不正に利用され | 暗号化され..情報 | \
    不正ログインされ | 不正にログインされ | 不正ログインが..発生 | 情報..アクセスされ | \
    情報..アクセスした | breach of..data | breach of..information | was breached | \
    were breached | breach involv | breach that | the breach occurred | accessed..information | \
    accessed..data | accessed..address | accessed..account | accessed..file | \
    accessed..record | accessed..database | accessed..password | access to..information | \
    access to..data | access to..personal | access to..account | access to..address | \
    access to..file | access to..record | access of..information | access of..data | \
    accessible to | publicly accessible | accessible from the internet | available online to | \
    information..accessed | data..accessed | records..accessed | files..accessed | \
    account..accessed | details..accessed | was accessed | were accessed | been accessed | \
    was obtained | were obtained | been obtained | was acquired | were acquired | \
    been acquired | obtained..information | obtained..data | obtained..copy | acquired..data | \
    acquired..information | obtain..information | downloaded..data | downloaded..information | \
    downloaded a copy | copied..data | copied..information | copied..file | removed..data | \
    removed..files | was taken | were taken | been taken | taken by | took..data | \
    took..information | stole | theft of | exfiltrat | was exposed | were exposed | \
    been exposed | exposed..information | exposed..data | exposed..address | \
    exposure of..information | exposure of..data | exposure of your | exposing..information | \
    exposing..data | exposing..address | leaked | leak of | was compromised | \
    were compromised | been compromised | compromised..information | compromised..data | \
    compromise of | was disclosed | were disclosed | been disclosed | disclosed..information | \
    disclosed..data | disclosed..address | disclosure of | was viewed | were viewed | \
    been viewed | viewed..information | viewed..data | viewed by | unauthorized person | \
    unauthorised person | unauthorized individual | unauthorised individual | \
    unauthorized actor | unauthorized party | unauthorised party | unauthorized third party | \
    unauthorised third party | sent to the wrong | sent in error | sent by mistake | \
    mistakenly sent | mistakenly included | mistakenly attached | accidentally sent | \
    accidentally included | accidentally attached | accidentally shared | inadvertently sent | \
    inadvertently included | inadvertently shared | inadvertently disclosed | \
    inadvertently attached | inadvertently made | inadvertently exposed | in error..contained | \
    contained..other customers | contained..other people | included..other customers | \
    information..of other customers | details of other customers | details of other people | \
    wrong attachment | wrong file | wrong recipient | visible to other | visible to all | \
    visible to every | visible to the other | addresses were visible | \
    addresses of all recipients | instead of bcc | lost..laptop | laptop..stolen | was stolen | \
    were stolen | been stolen | posted..online | published..data | available on the dark web | \
    offered for sale | illegal access | in the to line | as blind cop | 見える状態 | 見える形 | \
    見られる状態 | 見られた可能性 | 見られていた | 盗み見 | 流れ出 | ログインされ | 流失 | \
    in the hands of | lay open on | open to anyone | opened by anyone | not shredded | 形跡 | \
    外部へ送られ | 外部へ送信 | 取り出せる状態 | 知られて | 無断 | 持ち出し | 手に渡った | \
    送信ミス | 取り違え | acquired by an | rather than bcc | put everyone in | ccに入 | \
    they downloaded | they took | they copied | they exported";

/// Who takes data: with [`TOOK`] and a kind of data, a sentence says that data got out.
pub(super) const TAKER: Terms = "someone$ | somebody$ | intruder | outsider | outside party | criminal | thief | thieves | \
    attacker | hacker | unknown person | unknown actor | unknown party | third part | \
    unauthorized | unauthorised | whoever | former employee | former contractor | \
    threat actor | malicious | people who opened | 第三者 | 攻撃者 | 何者か | 外部の者 | \
    外部から | 外部に | 元社員 | 元従業員 | 元職員 | 元派遣 | 名簿業者 | 部外者 | 不正 | \
    stranger | a person | anyone | anybody | people who | passers-by | spammers | extort | \
    ransom | intruders | the sender could | her mailbox | his mailbox | actor$ | by others | \
    by people | people in all | 何者 | 相手 | その方 | 別の方 | ほかの方 | 他の方 | 誰でも | \
    だれでも | ウイルス | 攻撃 | 転職先 | 外部 | どなた | they could | they may | \
    they accessed | they also | they saw";

/// What it does.
pub(super) const TOOK: Terms = "took$ | take a copy | taken$ | taking$ | copied | copy$ | downloaded | download$ | \
    exported | export$ | read$ | saw$ | see$ | seen$ | viewed | view$ | reach$ | accessed | \
    access$ | obtained | obtain$ | acquired | stole$ | stolen | got hold | logged in | \
    published | posted | 見られ | 見た | 盗み | 盗ま | 持ち出 | 渡し | 渡って | 流れ出 | \
    書き換え | ログイン | 入手 | 複製 | コピー | 取得 | 閲覧 | アクセス | 送信 | 抜き取 | \
    opened | found by | found on | in the hands | hands of | lay open | open on the internet | \
    could be opened | used our | must have had | 知られ | 取り出 | 渡った | 手に渡 | 使われ | \
    使ってい | 送られ | 写し | 入り込 | 開かれ | 読まれ | 読み取 | 分かってしま | 引き出 | 盗";

/// Who is shown data that is not theirs: with [`SHOWN`] and a kind of data likewise.
pub(super) const ANOTHER: Terms = "another customer | another member | another person | another policyholder | \
    another client | another patient | another user | another recipient | other customer | \
    other member | other people | other recipient | other user | other client | other patient | \
    other participant | somebody else | someone else | everyone who | everybody who | \
    each other | all recipients | all members | membership list | mailing list | \
    customer list | client list | wrong person | wrong people | wrong address | \
    wrong customer | 別のお客 | 別の会員 | 別の生徒 | 別の方 | 別の患者 | 別の利用者 | \
    別の宛先 | 他のお客 | 他の会員 | 他の方 | 他の利用者 | 他の受信 | 他の参加 | 他のユーザ | \
    ほかのお客 | ほかの会員 | ほかの方 | ほかの回答 | ほかの受信 | 互い | 第三者 | 一部の方 | \
    皆様の | 関係のない方 | 別人 | 誤った宛先 | 名簿 | other person | others$ | \
    other families | other members | 他の生徒 | 他の患者 | 他の受講 | reservations sheet | \
    guests$ | employees$ | same surname | wrong file | 別の利用 | ほかの利用 | ほかの応募 | \
    他の応募 | ほかの患者 | 応募者様の | すべて宛先 | 全員の宛先";

/// How it is shown.
pub(super) const SHOWN: Terms = "shown$ | showed | visible | see your | see the | saw$ | posted to | sent to | attached | \
    included | contained | displayed | delivered to | e-mailed to | emailed to | forwarded to | \
    表示 | 見える | 見られ | 見え | 出てい | 出まし | 添付 | 記載 | 送付 | 送信 | 届い | 届き | \
    お送り | 含まれ | 閲覧 | 掲載 | e-mail address of | email address of | address of another | \
    wrong file | wrong attachment | carried the | received our | to the e-mail | to the email | \
    in the hands | 分か | 知られ | 並べ | 貼って | 取り出 | seen by | be seen";

/// Loss of what holds data: with [`HOLDS`] and a kind of data likewise.
pub(super) const LOST: Terms = "lost$ | stolen | theft | was taken | went missing | cannot be found | misplaced | 紛失 | \
    盗難 | 盗ま | 置き忘れ | 所在不明 | 見つかって | 亡失";

/// What holds data.
pub(super) const HOLDS: Terms = "held$ | holds$ | contained | contains | laptop | computer | phone$ | usb stick | \
    memory stick | hard drive | briefcase | documents | 保存 | 記載 | パソコン | 書類 | usb | \
    スマートフォン | タブレット | 記録媒体 | ある | folder | parcel | envelope | bag | \
    copies of | binder";

/// The sender asks that a mail or file be destroyed: hardly anything but a misdirected mail does.
pub(super) const DESTROY: Terms = "delete..email | delete..e-mail | delete..message | delete..file | delete..attachment | \
    destroy..email | destroy..letter | destroy..file | メール..削除 | ファイル..削除 | \
    メール..破棄 | ファイル..破棄 | 添付..破棄 | 添付..削除 | 破棄..お願い | 削除..お願い | \
    delete it | delete them | deleted the message | 開かずに消して | 保存せずに削除 | \
    消去をお願い | メール..消して";

/// The sender has told an authority.
pub(super) const REPORTED: Terms = "reported..police | reported..authorit | reported..regulator | reported..commission | \
    reported..law enforcement | notified..police | notified..authorit | notified..regulator | \
    notified..law enforcement | notified..commission | informed..police | informed..authorit | \
    informed..regulator | informed the ico | told..police | told..regulator | filed a report | \
    警察..届 | 警察..報告 | 警察..相談 | 警察..通報 | 委員会..報告 | 官庁..報告 | \
    総務省..報告 | 経済産業省..報告 | filed the report | reported it to | reported this to | \
    informed the police | 届け出 | 警察に届 | 報告を済ませ | 報告済み";

/// Words that speak of harm that may come, came or did not come.
pub(super) const FOLLOWS: Terms = "可能性 | おそれ | 恐れ | 被害 | 確認され | ご注意 | 懸念 | 増える | may$ | might | could | \
    risk | aware of | evidence | no sign | vigilant | alert | careful | cautious | beware | \
    watch | increase | suspicious | likely | get more";

/// A sentence that asks to change something and so names data that did not get out.
pub(super) const CHANGES: Terms = "変更 | 再設定 | change$ | reset$ | choose a new | 改め | 変え";

/// Who must do something by a date.
pub(super) const DUE: Terms = "please | you can | you may | you must | enroll | enrol$ | code$ | deadline | offer | \
    ください | お願い | いただ | 期限 | 締切";

/// Something happened that puts data at risk, without saying that any got out.
pub(super) const INCIDENT: Terms = "不正アクセス | 不正ログイン | 不正なアクセス | 不正なログイン | サイバー攻撃 | \
    ランサムウェア | ランサムウエア | マルウェアに感染 | ウイルスに感染 | 改ざん | 不正な侵入 | \
    不正に侵入 | 攻撃者 | 乗っ取 | 誤送信 | 誤配信 | unauthorized access | \
    unauthorised access | security incident | cyber incident | cybersecurity incident | \
    data incident | privacy incident | data security event | security event | cyberattack | \
    cyber attack | cyber-attack | ransomware | attack on our | attack on the | \
    malicious attack | attacks on our | malicious actor | threat actor | attacker | intruder | \
    intrusion | gained access | illegal access | unauthorized activity | \
    unauthorised activity | suspicious activity..our | credential stuffing | security breach | \
    hacked | hacker | ransom | 身代金 | ウイルスによる | 攻撃を受け | extortion | \
    booby-trapped | データ侵害 | used our account | hijacked | broke into";

/// The sender speaks of itself or of the reader's data.
pub(super) const OWN: Terms = "当社 | 弊社 | 当協会 | 本学 | 当店 | 当サイト | 小社 | 私ども | 当機構 | 当行 | 当組合 | \
    当院 | 当市 | 当会 | 当館 | 当校 | 当財団 | 当法人 | 当施設 | 当ホテル | 当事務局 | \
    当ショップ | 当ストア | 本サービス | 本サイト | 当サービス | 弊店 | 弊会 | 弊行 | 弊法人 | \
    我々 | 当センター | 当クラブ | 当グループ | 委託先 | お預かり | ご登録 | お客様 | \
    お客さま | 会員様 | 会員の皆 | ご利用者 | 利用者の皆 | 皆様の | 皆さまの | お送りした | \
    送信したメール | 送信いたしました | 配信したメール | お送りいたしました | we$ | our$ | \
    us$ | your$ | you$ | i am writing | i$ | users$ | customers$ | members$ | 弊組合 | 弊院 | \
    弊園 | 当園 | 当研究所 | 当大学 | 当病院 | 生徒 | 患者 | 取引先 | 本メール | 会員ページ | \
    私の | 皆様 | 皆さま | 会員の | ご利用の方 | 保護者様 | お名前 | ご住所 | お電話番号 | \
    様の | 様に | 委託し";

/// It is told as what happened.
pub(super) const FACT: Terms = "ました | 判明 | 発覚 | 発生 | 確認され | 可能性が | 可能性の | 可能性も | おそれが | \
    おそれの | 恐れが | 恐れの | 疑いが | していた | されていた | ておりました | 受け、 | \
    あり、 | 事実 | 件数 | 項目 | 内容 | してしま | was$ | were$ | been$ | had$ | has$ | \
    have$ | became | occurred | happened | discovered | detected | identified | learned | \
    learnt | determined | confirmed | experienced | suffered | obtained | accessed | resulted | \
    took | gained | did$ | contained | included | exposed | stole | sent | found | reported$ | \
    completed | 可能性について | 可能性は | たこと | れた | となりました | 起きました | \
    いたしておりま | がございます | 発送 | 保存されて | held | held the | shown | posted | \
    attached | copied | downloaded | lost | stolen | let$ | allowed | saw$ | opened | \
    can now say | among those | なっていた | できた | 見つかり | 送っておりました | \
    書き換えられ | we have learned | have learned | we sent | was sent | notified us | \
    informed us | told us | fell victim | understand$ | lay$ | わかりまし | がわかった | 把握 | \
    状態でした | 状態です | ております | could read | could see | could have | \
    could be opened | inform you | we notify | nature of | carried | received | used$ | went$ | \
    gave$ | knew$ | broke$ | emailed | e-mailed | we now know | reached | got into | contain$ | \
    put$";

/// It is said as a possibility.
pub(super) const HEDGED: Terms = "可能性 | おそれ | 恐れ | 疑い | 懸念 | 否定でき | may have | may be | may also | \
    might have | could have | potential | possibl | likely | at risk | believe | suspect";

/// It is said of something that it did not happen.
pub(super) const DENIED: Terms = "事実はござい | 事実はあり | 事実は確認されておりません | 確認されておりません | \
    確認されていません | 確認されてい ません | 確認されておらず | 確認しておりません | \
    確認できておりません | 認められておりません | 認められません | 認められず | \
    含まれておりません | 含まれていません | 含まれません | 含まれており ません | \
    発生しておりません | 発生していません | おりません | ことはございません | \
    ことはありません | 影響はございません | 影響はありません | 影響はなく | 可能性はござい | \
    可能性はあり | ものではございません | ものではありません | 対象外 | 該当しません | \
    痕跡はなく | 痕跡は..ません | 流出はござい | 漏えいはござい | 漏洩はござい | 漏えいはあり | \
    漏洩はあり | 流出はあり | ないことを確認 | no evidence | no indication | \
    no reason to believe | wasn't | weren't | didn't | hasn't | haven't | isn't | never$ | \
    no customer | no personal | no payment | no passwords | none of | nor$ | no other | \
    no data | not..accessed | not..affected | not..impacted | not..compromised | not..exposed | \
    not..involved | not..obtained | not..include | not..contain | not..stored | not..taken | \
    not..stolen | not..seen | not..viewed | not..leaked | not..disclosed | not..breached | \
    not..aware of | not..hold | not..see it | not have | no other data | nobody got in | \
    no data was | 無事 | ていません | do not give | never see it | does not have | \
    do not store | not have your | none were in";

/// Advice, conditions, plans and offers rather than an account of what happened.
pub(super) const GENERAL: Terms = "ご注意 | 注意ください | お気をつけ | 未然に | 防ぐため | 防止するため | 防止のため | \
    防止策 | 防ぐ | 備え | 万が一 | 万一 | 事例 | 増えて | 増加して | 急増 | 多発 | 相次い | \
    他社 | 他のサービス | 他サービス | 外部のサービス | フィッシング詐欺 | セミナー | \
    ウェビナー | 資料請求 | 無料 | キャンペーン | と発表 | によると | によれば | 報じ | 報道 | \
    しないよう | ないように | してください | しましょう | リスク | 対策ソフト | ウイルス対策 | \
    保護するため | 守るため | 脅威 | ニュース | プライバシーポリシー | 利用規約 | 危険性 | \
    ですか | でしょうか | ませんか | 第三者に開示する | 第三者に提供 | 予防 | 使い回 | \
    特別価格 | お得 | if you | if your | if a$ | if any | in case | in the event | how to | \
    to protect | help protect | protect your | prevent | best practice | tips$ | webinar | \
    register now | learn more about | sign up | said$ | says$ | reported that | dark web | \
    monitoring service | other companies | other websites | third-party website | \
    another website | another company | another site | organizations | organisations | \
    recent breaches | breaches at | breaches of | data breaches | scam | simulat | a demo | \
    would$ | when a$ | when you | can be | can lead | every year | each year | average cost | \
    researchers | vulnerability in | exploit | patch | we will not | privacy policy | \
    terms of | intended recipient | intended solely | intended only | confidential and | \
    received this e-mail in error | received this email in error | \
    received this message in error | unsubscribe | percent | should be | how do | what if | \
    why$ | want to$ | wants to | going to | trying to | i think | i guess | 企業では | \
    announced that | many companies | most companies | other organizations | \
    other organisations | they say | 場合 | if not | if it was | if this was | if you did | \
    心当たり | addressee | received this e-mail | received this email | received this message | \
    according to a$ | according to research | according to the company | according to media | \
    when attackers | you asked for | you asked us | with you$ | shared with | ご本人の同意 | \
    ご請求 | bounty | you showed | not true";

/// Words of whole texts that tell of others' breaches: who watches breaches for a living, and news.
pub(super) const WATCHING: Terms = "we found your | found your email | found your e-mail | your email was found | \
    your email address was found | your e-mail address was found | found in a data breach | \
    found in the breach | appeared in a | appears in a | in connection with a breach of | \
    have i been pwned | haveibeenpwned | pwned | breach alert | dark web monitor | \
    dark web scan | exposed in a breach | exposed in the | exposed in a data breach | \
    breach monitoring | identity monitoring alert | known breach | data breaches we | \
    part of a data breach | affected by a data breach at | breached site | breached account | \
    watchlist | compromised passwords saved | password manager | ダークウェブで | \
    ダークウェブ上で検出 | 漏えいチェック | 漏洩チェック | 流出チェック | 漏えいを検知 | \
    流出を検知 | 漏洩を検知 | 検知サービス | 外部のサービスを通して | 他社サービスから | \
    パスワードマネージャー | 監視サービス | モニタリングサービス | データ流出で見つか | \
    の流出で見つか | 漏えいが見つかりました | 流出が見つかりました | 流出元 | breach of an | \
    turned on breach";

/// News, newsletters and what is sold with them.
pub(super) const NEWS: Terms = "this week | top stories | read more | read the full | headlines | in the news | podcast | \
    sponsor | webinar | whitepaper | white paper | subscribe to | weekly | digest | editor | \
    free trial | % off | limited time | upgrade now | buy now | posted by | wrote: | \
    forwarded message | researchers | press release | analysts | _________ | reuters | \
    associated press | slashdot | ウェビナー | セミナー | メールマガジン | メルマガ | \
    バックナンバー | 今週の | 今月の | 編集部 | ニュース | まとめ | 続きを読む | 記事 | \
    と発表 | によると | 割引 | キャンペーン | ホワイトペーパー | 資料ダウンロード | 無料体験 | \
    無料トライアル | お申し込みは | 特集 | ウイルス対策ソフト | セキュリティソフト | コラム | \
    this newsletter | in this issue | to this list | case study | read how | our clients | \
    success story";

/// The sender is sorry.
pub(super) const SORRY: Terms = "お詫び | おわび | 申し訳 | 申しわけ | 陳謝 | ご迷惑 | ご心配 | apolog | sincerely regret | \
    deeply regret | we regret | sorry for | sorry that | deeply sorry | truly sorry | \
    very sorry | sorry about | so sorry | we are sorry | we're sorry | sorry for$ | \
    please accept our | お許し";

/// Headings and phrases in which notices, and hardly anything else, are written.
pub(super) const FRAME: Terms = "what happened | what information was | what we are doing | what you can do | \
    for more information | you are receiving this | writing to inform you | \
    writing to let you know | writing to notify | want to let you know | \
    wanted to let you know | am i affected | we take the security | we take the privacy | \
    notify you | 発生時期 | 発生日時 | 発生の経緯 | 経緯 | 再発防止 | 二次被害 | \
    判明いたしました | 判明しました | お問い合わせ窓口 | 専用窓口 | 対象となる | 流出した | \
    漏えいした | 漏洩した | 削除をお願い | 削除していただ | 破棄をお願い | 個人情報保護委員会 | \
    概要 | 対応状況";

/// What a genuine notice does not ask for: words that lure, each with what it asks.
pub(super) const BAIT: Terms = "enter..recovery phrase | enter..seed | enter..private key | enter your card | \
    enter..card number | enter..cvv | verify..recovery phrase | check..recovery phrase | \
    check your recovery | confirm..recovery phrase | validate..recovery phrase | \
    provide..recovery phrase | validate..wallet | verify..wallet | restore your wallet | \
    connect your wallet | synchronize your wallet | recovery phrase..check | 24-word | \
    24 word | 12-word | 12 word | verify your account | verify your identity by | \
    verify your information | confirm your account | confirm your identity by | \
    confirm your password | verify your card | confirm your card | validate your account | \
    update your payment | update your billing | account will be suspended | \
    account will be locked | account will be closed | account has been suspended | \
    avoid suspension | restore access to your account | unlock your account | \
    click..to log in | click..to sign in | click..and log in | click..and sign in | \
    sign in below | log in below | log in here | sign in here | login here | \
    log in through the link | sign in through the link | log in using the link | \
    sign in using the link | sign in with the link | リカバリーフレーズ..入力 | \
    リカバリーフレーズ..確認 | シードフレーズ..入力 | シードフレーズ..確認 | 復元フレーズ | \
    秘密鍵..入力 | ウォレット..認証 | ウォレット..接続 | カード番号..入力 | カード情報..入力 | \
    カード情報..更新 | 暗証番号..入力 | ワンタイムパスワード..入力 | セキュリティコード..入力 | \
    アカウント..確認手続き | アカウント..認証してください | アカウントの確認を | \
    本人確認..リンク | 本人確認..url | リンク..本人確認 | 下記..本人確認 | こちら..本人確認 | \
    リンク..ログインして..確認 | リンク..ログインして..認証 | リンクからログイン | \
    リンクよりログイン | 下記リンク..ログイン | アカウント..一時停止 | アカウント..利用停止 | \
    アカウント..制限 | 制限を解除 | 利用制限を解除 | アカウントを凍結 | \
    24時間以内に..ログイン | 24時間以内に..確認";

/// A sentence that warns of bait rather than lays it.
pub(super) const WARNS: Terms = "never ask | not ask | never request | not request | never share | do not share | \
    don't share | do not enter | don't enter | never enter | do not click | not click | \
    be wary | beware | be cautious | be careful | be alert | vigilant | asking for | \
    asking you | asks you | asks for | pretend | we have expired | お尋ねすることは | \
    お伺いすることは | お願いすることは | 求めることは | ことはありません | \
    ことはございません | 入力しない | 入力なさらない | クリックしない | 開かない | 不審な | \
    ご注意 | 誘導 | 解除いたしました | 停止いたしました | 停止しております | 停止しました | \
    入力した際 | 入力された | ご入力いただいた | 入力いただいた";

/// By what each item is known in a sentence; the first table entry that fits is quoted first.
pub(super) const ITEMS: &[(Item, Terms)] = &[
    (
        Item::How,
        "原因 | 経緯 | によるもの | 不正アクセスを受け | 不正アクセスがあり | 不正アクセスが発生 | \
        不正アクセスにより | 不正アクセスによる | による不正アクセス | 不正ログインがあり | \
        不正ログインが | 改ざん | 脆弱性 | 設定不備 | 設定ミス | 設定の誤り | 設定に誤り | 誤操作 | \
        操作ミス | 人為的 | 手違い | 確認不足 | 確認が不十分 | 誤って | 誤送信 | 誤配信 | \
        委託先..不正 | 委託先..攻撃 | ランサムウェアに | ランサムウエアに | サイバー攻撃を受け | \
        サイバー攻撃により | パスワードリスト | リスト型 | 攻撃者 | マルウェアに感染 | \
        マルウェアへの感染 | プログラム..不具合 | システム..不具合 | 盗難 | 紛失 | 持ち出し | bcc | \
        caused by | root cause | due to | as a result of | because of | because an | because a$ | \
        gained access | vulnerability | misconfigur | phishing | human error | employee..error | \
        error by | software bug | a bug | credential stuffing | stolen credentials | ransomware | \
        malware | attack on our | attacks on our | unauthorized access to | \
        unauthorised access to | threat actor | attacker | hacker | third-party vendor | \
        service provider..incident | our provider | mistakenly | accidentally | inadvertently | \
        by mistake | in error | instead of bcc | stolen laptop | laptop was stolen | \
        illegal access | unauthorized third party | unauthorised third party | unauthorized party | \
        unauthorised party | stolen | theft | a flaw | a hole | mistake | error in | our error | \
        mixed up | hijacked | logged in | broke into | got into | intruder | tried passwords | \
        unknown actor | unknown person | criminals | attack | extortion | backup..open | lay open | \
        rather than bcc | 誤り | 書き換え | 感染 | 盗まれ | 不具合 | 不正ログイン | 設定 | ミス | \
        入り込 | 取り違え | 何者か | 送信してしま | 元従業員 | 元社員 | 元派遣 | 元職員",
    ),
    (
        Item::Consequences,
        "二次被害 | 悪用 | 不正利用 | 不正使用 | 迷惑メール..可能性 | 迷惑メール..おそれ | \
        迷惑メールが | 迷惑メールや | なりすまし | 詐欺 | フィッシング | 不審なメール | \
        不審な電話 | 不審な連絡 | 勧誘 | identity theft | fraud | phishing | spam | scam | misuse | \
        misused | unwanted e-mail | unwanted email | unsolicited | impersonat | suspicious email | \
        suspicious e-mail | suspicious message | used for malicious | likely consequences | \
        what this means | more spam | messages that look as | odd message | unexpected message",
    ),
    (
        Item::Measures,
        "再発防止 | 対策を講じ | 対策を実施 | 対策を強化 | 措置を | 遮断 | 停止いたし | 停止し | \
        閉鎖 | セキュリティを強化 | セキュリティ強化 | 監視を強化 | 監視体制 | 再設定が必須 | \
        パスワード..リセット | パスワード..無効 | 調査を行 | 調査を実施 | 調査を進め | 調査を開始 | \
        調査会社 | 外部専門 | 専門機関 | フォレンジック | 社員教育 | 従業員教育 | ダブルチェック | \
        二重チェック | 複数人 | チェック体制 | 管理体制 | 見直し | 修正いたし | 修正し | 復旧 | \
        we have reset | have reset | has reset | expired your password | we reset | \
        logged you out | lock down | locked down | we have taken | we took | took immediate | \
        took steps | immediate steps | we have implemented | we are implementing | we implemented | \
        we secured | we have secured | we immediately | we have blocked | we blocked | \
        we have disabled | we disabled | we have closed | we closed | we have hired | we hired | \
        forensic | remediat | strengthen | additional safeguards | additional security | we fixed | \
        we have fixed | retrain | additional training | we invalidated | we have deleted | \
        removed the file | launched an investigation | we are investigating | investigation | \
        closed within | was closed | shut the door | locked | changed every | no longer be | \
        no longer kept | no longer keep | from now on | second check | put in place | \
        took the update back | given back | brought in | switched on | have been renewed | \
        we have asked | taken the account away | was reset | password no longer works | \
        applied the | 直しました | を閉じ | 改め | 切り離 | 隔離 | 今後は | 二人で | 二名で | \
        使えない状態 | 無効に | 取り戻し | 回収 | 導入 | 解消 | 徹底 | 見直 | 二段階",
    ),
    (
        Item::Authority,
        "個人情報保護委員会 | 警察 | 監督官庁 | 監督機関 | 所管官庁 | 関係官庁 | 関係省庁 | \
        関係当局 | 関係機関 | 総務省 | 経済産業省 | 厚生労働省 | 金融庁 | 国土交通省 | 文部科学省 | \
        jpcert | 所轄 | プライバシーマーク | data protection authority | \
        data protection commission | data protection board | data protection officer of the state | \
        supervisory authority | regulator | law enforcement | police | fbi$ | \
        information commissioner | ico$ | attorney general | attorneys general | \
        privacy commissioner | authorities | cnil | bfdi | cert$ | federal trade commission",
    ),
    (
        Item::Contact,
        "お問い合わせ | お問合せ | お問合わせ | 問い合わせ先 | 問合せ先 | お問い合せ | 相談窓口 | \
        専用窓口 | コールセンター | ご連絡先 | ご質問は | ご不明な点 | ご不明点 | call us | \
        call our | call center | call centre | hotline | helpline | toll-free | reach us | \
        reach out to us | reach our | questions..email | questions..e-mail | questions..call | \
        questions..contact | questions..write | questions..reply | email us | e-mail us | \
        reply to this | data protection officer | call$ | ring$ | dial$ | write to | tel$ | \
        reach her | reach him | contact | forward it to | 電話 | ダイヤル | お知らせください",
    ),
    (
        Item::Offer,
        "補償 | 賠償 | 見舞 | お詫びの品 | お詫びのしるし | quoカード | クオカード | 金券 | \
        ギフト券 | 商品券 | ギフトカード | クーポン | ポイント..進呈 | ポイント..付与 | 減額 | \
        返金 | 無償 | 免除 | 値引 | 割引 | credit monitoring | identity protection | \
        identity theft protection | compensat | refund | reimburse | voucher | goodwill | \
        gift card | free of charge | complimentary | waive | credit of | discount | at no cost",
    ),
    (
        Item::Asks,
        "削除を | 削除して | 削除くださ | 削除いただ | 削除のお願い | 破棄を | 破棄して | \
        破棄いただ | 変更をお願い | 変更してくださ | 変更をご検討 | 変更いただ | 変更くださ | \
        再設定をお願い | 再設定してくださ | 再設定いただ | ご確認をお願い | ご確認くださ | \
        ご確認いただ | 開封せず | 開かずに | 転送..なさらない | 転送しない | ご注意くださ | \
        ご注意いただ | ご注意をお願い | ご連絡くださ | お控え | 使用しないで | お願いいたします | \
        お願い申し上げ | お願い致します | please delete | please destroy | please do not | \
        please don't | please change | please reset | please update | please be | please review | \
        please remain | please contact your bank | please check | please keep | please watch | \
        please forward | please disregard | we ask that | we ask you | we kindly ask | \
        we recommend | we strongly recommend | we encourage | we urge | we advise | we suggest | \
        you should | change your password | reset your password | delete the | consider changing | \
        be vigilant | be cautious | remain vigilant | be alert | kindly delete | would you please | \
        please assume | set a new | choose a new | choose a fresh | please take | 消してください | \
        作り直して | 設定してくださ | 応じられませぬ",
    ),
];

/// Labels of the list that says when, how many and what: `label .. value` on one line.
pub(super) const WHEN_LABEL: Terms = "発生日 | 発生時期 | 発生時刻 | 発生期間 | 期間 | 判明日 | 対象期間 | 日時 | \
    date of incident | date of the incident | date of breach | when did | when it happened";

/// A list of data that did not get out follows.
pub(super) const LEFT_IN: Terms = "含まれていない | 含まれておりません | 含まれていません | 対象外 | 流出していない | \
    漏えいしていない | not affected | not involved | not include | not compromised | was not | \
    were not";

/// Labels of lists of the data that did.
pub(super) const DATA_LABEL: Terms = "項目 | 個人情報の内容 | 情報の内容 | 対象情報 | 対象となる情報 | 流出した | 漏えいした | \
    漏洩した | 閲覧された | 可能性のある情報 | 可能性がある情報 | 可能性のある個人情報 | \
    可能性がある個人情報 | 含まれる情報 | 含まれていた | 含まれておりました | 誤送信した情報 | \
    記載されていた | information involved | data involved | information was involved | \
    data was involved | information affected | data affected | affected data | \
    affected information | included the following | the following information | \
    the following data | following types | following categories | information included | \
    data included | what information | what data | which data";

/// Words for the kinds of data, in a notice.
pub(super) const DATA: &[(DataClass, Terms)] = &[
    (
        DataClass::Email,
        "メールアドレス | メアド | eメール | e-mailアドレス | 電子メールアドレス | email address | \
        e-mail address | emails, | emails and | email, | and email | and e-mail | e-mail, | \
        アドレスとお名前 | 方のアドレス | 件のアドレス | 名のアドレス",
    ),
    (
        DataClass::Name,
        "氏名 | お名前 | 名前 | お客様名 | 宛名 | names | full name | first name | last name | \
        name, | your name | names, | whose name | name and | names and",
    ),
    (
        DataClass::Postal,
        "住所 | 郵便番号 | お届け先 | 配送先 | postal address | mailing address | home address | \
        physical address | street address | billing address | shipping address | delivery address | \
        postcode | zip code | ご住所 | and address | your address | their address | \
        names and addresses | names, addresses | name and address",
    ),
    (
        DataClass::Phone,
        "電話番号 | お電話番号 | 携帯番号 | 連絡先電話 | mobile number | phone number | telephone | \
        phone, | and phone | phone numbers | mobile numbers",
    ),
    (
        DataClass::Password,
        "パスワード | password | passcode | credentials",
    ),
    (
        DataClass::Card,
        "カード番号 | カード情報 | クレジットカード | セキュリティコード | 有効期限 | credit card | \
        debit card | card number | card data | card details | payment card | cvv",
    ),
    (
        DataClass::Bank,
        "口座番号 | 口座情報 | 銀行口座 | 金融機関口座 | bank account | account number | iban | \
        bank details | routing number | financial account",
    ),
    (
        DataClass::Birth,
        "生年月日 | 誕生日 | date of birth | dates of birth | birth date | birthdate | birthday",
    ),
    (DataClass::Gender, "性別 | gender | sex$"),
    (
        DataClass::AccountId,
        "会員id | ユーザーid | ユーザid | ログインid | 会員番号 | お客様番号 | アカウント名 | \
        ユーザー名 | ユーザ名 | 顧客番号 | username | user name | user id | customer number | \
        member id | member number | customer id | login name | nickname | nicknames | \
        ニックネーム | user names | login id | ログイン名",
    ),
    (
        DataClass::Purchases,
        "注文番号 | 購入履歴 | 注文履歴 | ご注文内容 | 注文内容 | 注文情報 | 利用履歴 | お取引内容 | \
        購入商品 | order history | order number | purchase history | purchases | order details | \
        booking details | reservation details | order information | transaction history",
    ),
    (
        DataClass::Employer,
        "会社名 | 法人名 | 勤務先 | 所属 | 部署 | 役職 | employer | job title | company name | \
        occupation",
    ),
    (
        DataClass::Identity,
        "マイナンバー | 個人番号 | 運転免許 | パスポート番号 | 旅券番号 | 本人確認書類 | \
        social security | ssn$ | passport | driver's license | driver license | driving licence | \
        government-issued | government id | national id | tax id",
    ),
    (
        DataClass::Health,
        "病歴 | 診療 | 健康情報 | 診断 | カルテ | health information | medical | diagnos | \
        treatment information | health data | prescription | 病名 | 検査の結果 | 検査の値 | \
        blood test | test results",
    ),
    (
        DataClass::Network,
        "ipアドレス | ip address | device information | device identifier",
    ),
    (
        DataClass::Messages,
        "お問い合わせ内容 | 問い合わせ内容 | メール本文 | メッセージの内容 | 相談内容 | \
        support tickets | messages you | chat log | private messages | content of messages | \
        correspondence | email contents | support requests",
    ),
];

/// The words of Have I Been Pwned's `DataClasses`; every other one is [`DataClass::Other`].
pub(super) const CATALOGUE: &[(DataClass, Terms)] = &[
    (
        DataClass::Email,
        "email addresses | recovery email addresses",
    ),
    (
        DataClass::Name,
        "names | salutations | nicknames | family members' names | mothers maiden names | \
        spouses names",
    ),
    (
        DataClass::Postal,
        "physical addresses | living costs | delivery instructions",
    ),
    (DataClass::Phone, "phone numbers | partial phone numbers"),
    (
        DataClass::Password,
        "passwords | historical passwords | password hints | password strengths | pins | \
        security questions and answers | auth tokens | encrypted keys | mnemonic phrases",
    ),
    (
        DataClass::Card,
        "credit cards | partial credit card data | credit card cvv | payment methods",
    ),
    (
        DataClass::Bank,
        "bank account numbers | account balances | payment histories | financial transactions | \
        credit status information | loan information | financial investments | net worths",
    ),
    (
        DataClass::Birth,
        "dates of birth | partial dates of birth | places of birth | ages | age groups",
    ),
    (DataClass::Gender, "genders"),
    (
        DataClass::AccountId,
        "usernames | instant messenger identities | social media profiles | login histories",
    ),
    (
        DataClass::Purchases,
        "purchases | purchasing habits | buying preferences | reward program balances | \
        loyalty program details | flights taken | appointments | warranty claims",
    ),
    (
        DataClass::Employer,
        "employers | job titles | occupations | company names | employment statuses | \
        job applications | career levels",
    ),
    (
        DataClass::Identity,
        "government issued ids | social security numbers | passport numbers | driver's licenses | \
        taxation records | biometric data",
    ),
    (
        DataClass::Health,
        "personal health data | health insurance information | hiv statuses | drug habits | \
        physical attributes",
    ),
    (
        DataClass::Network,
        "ip addresses | device information | browser user agent details | mac addresses | \
        imei numbers | imsi numbers | device serial numbers | device usage tracking data",
    ),
    (
        DataClass::Messages,
        "email messages | private messages | chat logs | sms messages | support tickets | \
        customer interactions | comments | audio recordings | customer feedback",
    ),
];

/// Words for people or records after a figure.
pub(super) const COUNTED: Terms = "件 | 名 | 人 | アカウント | 会員 | レコード | アドレス | users | user accounts | \
    customers | people | individuals | accounts | records | members | persons | \
    email addresses | e-mail addresses | subscribers | patients | employees | clients | \
    recipients | residents | guests | consumers | current and former | of our | affected | \
    cases | entries | rows | profiles";

/// A way to reach somebody, besides a number or an address.
pub(super) const REACHED: Terms = "窓口 | 問い合わせ先 | 問合せ先 | 連絡先 | 下記 | こちら | まで | ください | contact us | \
    contact our | call us | call our | write to us | email us | e-mail us | reply to this | \
    reach us | reach our";

/// The day of an event without its date.
pub(super) const DAYS: Terms = "yesterday | this morning | this afternoon | last night | on monday | on tuesday | \
    on wednesday | on thursday | on friday | on saturday | on sunday | last week | 昨日 | \
    昨夜 | 本日 | 先ほど | 今朝 | 先週";

/// Passwords of other places that were tried here.
pub(super) const TRIED: Terms = "elsewhere | other sites | other websites | other services | 他社 | 他の | 組み合わせ | \
    パスワードによる | パスワードリスト | リスト型 | 外部で入手";

/// A figure with one of these behind it counts who saw, not who was seen.
pub(super) const SAW: Terms = "に見られ | に表示 | に閲覧 | に知られ";

/// Words before a figure of people, where the figure's own line has no other.
pub(super) const COUNT_LABEL: Terms = "件数 | 人数 | 対象者数 | 対象件数 | number of people | number of affected | \
    number of individuals | number of customers | number of records";

/// What stands before the date of a deadline.
pub(super) const DEADLINE: Terms = "no later than | deadline | by$ | before$ | until$";

/// Words of desks that stand in the display name of a look-alike.
pub(super) const DESKS: Terms = "support | security | team | service | customer | care | center | centre | alert | alerts | \
    notification | notifications | notice | account | accounts | help | helpdesk | no-reply | \
    noreply | info | official | privacy | mail | department | desk | カスタマー | サポート | \
    センター | 事務局 | セキュリティ | お客様 | お客さま | 窓口 | 公式 | 運営 | チーム | 係 | \
    ご案内 | お知らせ | 会員";
