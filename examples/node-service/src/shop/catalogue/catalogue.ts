import { pick, seededRandom } from '../random.ts';

export interface Review {
  readonly author: string;
  readonly stars: number;
  /** A little Markdown: `**bold**`, `*italic*`, `` `code` `` and links. */
  readonly text: string;
}

export interface Product {
  readonly id: number;
  readonly name: string;
  readonly brand: string;
  readonly category: string;
  readonly priceCents: number;
  readonly weightGrams: number;
  readonly reviews: readonly Review[];
}

const MATERIALS = ['Oak', 'Linen', 'Copper', 'Wool', 'Slate', 'Bamboo', 'Leather', 'Ceramic'];
const QUALITIES = ['Folding', 'Compact', 'Heavy', 'Quiet', 'Everyday', 'Travel', 'Studio', 'Tall'];
const THINGS = [
  'Desk Lamp',
  'Kettle',
  'Bookshelf',
  'Armchair',
  'Blanket',
  'Cutting Board',
  'Teapot',
  'Backpack',
  'Wall Clock',
  'Planter',
  'Stool',
  'Notebook',
];
const BRANDS = ['Alder & Finch', 'Nordhaven', 'Brightwell', 'Casa Lumen', 'Tidewater'];
const NAMES = ['Ada', 'Grace', 'Linus', 'Margaret', 'Edsger', 'Barbara', 'Donald', 'Radia'];
const OPINIONS = [
  'Looks **exactly** like the pictures & feels solid.',
  'The finish is *lovely*, though the box was <large>.',
  'Bought two; see [my other review](https://example.com/reviews) for the second one.',
  'Use code `WELCOME` and it is a bargain.',
  'Sturdy. **Very** sturdy. "Built to last", as they say.',
];

/** The same shelves at every start. */
export const products: readonly Product[] = makeProducts(3000);

function makeProducts(count: number): Product[] {
  const random = seededRandom(1);
  return Array.from({ length: count }, (_, id) => {
    const thing = pick(random, THINGS);
    return {
      id,
      name: `${pick(random, QUALITIES)} ${pick(random, MATERIALS)} ${thing} No. ${id}`,
      brand: pick(random, BRANDS),
      category: thing,
      priceCents: 490 + Math.floor(random() * 40_000),
      weightGrams: 120 + Math.floor(random() * 4_000),
      reviews: Array.from({ length: Math.floor(random() * 24) }, () => ({
        author: pick(random, NAMES),
        stars: 1 + Math.floor(random() * 5),
        text: pick(random, OPINIONS),
      })),
    };
  });
}

export function findProduct(id: string): Product | undefined {
  return products[Number(id)];
}
