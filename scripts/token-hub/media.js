/** What AI Innovation makes beside text: pictures, films and speech, straight from DashScope and not by the gateway. */

import { instant } from './time.js';

const KINDS = {
  'qwen-image-2.0': { quantity: 'image', type: 'image_number', unit: 'Image', per: 1n, price: 200_000_000_000n },
  'wan2.5-t2v': {
    quantity: 'video_second',
    type: 'video_second_720p',
    unit: 'Second',
    per: 1n,
    price: 600_000_000_000n,
  },
  'cosyvoice-v3': {
    quantity: 'character',
    type: 'audio_tts',
    unit: '10K characters',
    per: 10_000n,
    price: 2_000_000_000_000n,
  },
};

export const kindOf = (model) => KINDS[model];

/** 10^-12 CNY of a list price. */
export const mediaCost = ({ model, amount }) => (BigInt(amount) * KINDS[model].price) / KINDS[model].per;

/** Calls of media: model, amount of its quantity, and the usage that the answer states. */
export function mediaOf(random) {
  const days = {
    'qwen-image-2.0': [2, 7, 12, 16, 21, 26, 29],
    'wan2.5-t2v': [8, 15, 23, 28],
    'cosyvoice-v3': [5, 13, 19, 27],
  };
  return Object.entries(days)
    .flatMap(([model, list]) => list.map((day) => made(random, model, instant(day, 14, random.whole(0, 59)))))
    .sort((a, b) => a.at - b.at)
    .map((one, index) => ({ ...one, id: `media-${String(index + 1).padStart(2, '0')}` }));
}

function made(random, model, at) {
  const amount = {
    image: random.whole(1, 4),
    video_second: 5 * random.whole(1, 3),
    character: 250 * random.whole(2, 20),
  };
  const { quantity } = KINDS[model];
  const usage = {
    image: { image_count: amount.image, width: 1328, height: 1328 },
    video_second: { video_duration: amount.video_second, SR: 720 },
    character: { characters: amount.character },
  };
  return { model, at, amount: amount[quantity], usage: usage[quantity] };
}
