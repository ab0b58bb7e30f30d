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

/** Two of them: of the pairs of characters that bytes of another encoding become by chance, one may be a word. */
export const looksChinese = (text: string): boolean => WORDS.filter((word) => text.includes(word)).length >= 2;
