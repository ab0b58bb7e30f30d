/** Words of the headers and texts of Chinese bills and usage logs. */
const WORDS = [
  ...[
    '账单',
    '费用',
    '用量',
    '金额',
    '产品',
    '计费',
    '实例',
    '时间',
    '日期',
    '模型',
    '订单',
    '消费',
    '优惠',
    '应付',
    '资源',
  ],
  ...[
    '服务',
    '单价',
    '币种',
    '地域',
    '输入',
    '输出',
    '倍率',
    '补全',
    '调用',
    '名称',
    '类型',
    '项目',
    '用户',
    '明细',
    '令牌',
  ],
];

/** The characters that Chinese is mostly written with, and those that names of teams, projects and products are. */
const COMMON = new Set(
  [
    '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实',
    '日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员',
    '解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象',
    '完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔百单往置具阳需派组集团级质造价投调持研究试验型模测评项账费额例订消惠付源服币域输倍率补称户细令牌企客智助台析',
    '销售财营技支搜索推荐译摘图视频音档库线站网络云端编码版号器核查录登注册密钥租课校医药银商店购车城广播游戏供链流审批采仓储维监控预警护联',
  ].join(''),
);

/** Punctuation and symbols between Chinese characters, full-width ones included. */
const BETWEEN = /[\u2010-\u203b\u3000-\u3017\uff01-\uff5e\uffe5·×]/;

/**
 * Whether bytes that became this text were Chinese. They were if it holds two of the words: of the pairs of characters
 * that bytes of another encoding become by chance, one may be a word. They were, too, if nearly all of it that is not
 * ASCII is Chinese, and most of that common: Latin letters with accents become rare characters, as pairs of letters.
 */
export const looksChinese = (text: string): boolean =>
  WORDS.filter((word) => text.includes(word)).length >= 2 || isCommonChinese(text);

function isCommonChinese(text: string): boolean {
  let [common, rare, other] = [0, 0, 0];
  const met = new Set<string>();
  for (const character of text) {
    if (character <= '\u007f' || BETWEEN.test(character)) continue;
    if (COMMON.has(character)) {
      common += 1;
      met.add(character);
    } else if (character >= '\u4e00' && character <= '\u9fff') rare += 1;
    else other += 1;
  }
  return met.size >= 2 && common >= 2 * rare && 20 * other <= common + rare;
}
