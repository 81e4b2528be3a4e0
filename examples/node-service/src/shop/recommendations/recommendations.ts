import { products } from '../catalogue/catalogue.ts';
import { json, RequestError, type ShopRequest, type ShopResponse } from '../http.ts';
import { seededRandom } from '../random.ts';
import { scoreNeighbours, type Ratings } from './neighbours.ts';

const CUSTOMERS = 4000;
const NEIGHBOURS = 10;
const ANSWERS = 8;

const ratings: Ratings = makeRatings();

function makeRatings(): Ratings {
  const random = seededRandom(2);
  const stars = new Float32Array(CUSTOMERS * products.length);
  for (let i = 0; i < stars.length; i++) {
    if (random() < 0.02) stars[i] = 1 + Math.floor(random() * 5);
  }
  return { customers: CUSTOMERS, products: products.length, stars };
}

/** What the customers with the most similar taste liked best. */
export function recommendations(request: ShopRequest): ShopResponse {
  const customer = Number(request.params['id']);
  if (!Number.isInteger(customer) || customer < 0 || customer >= CUSTOMERS) {
    throw new RequestError(404, `No customer '${request.params['id']}'.`);
  }
  const scores = scoreNeighbours(ratings, customer);
  const nearest = [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, NEIGHBOURS);
  const liked = products
    .map(({ id, name }) => ({
      id,
      name,
      stars: nearest.reduce(
        (sum, other) => sum + scores[other] * ratings.stars[other * products.length + id],
        0,
      ),
    }))
    .sort((a, b) => b.stars - a.stars);
  return json({ customer, products: liked.slice(0, ANSWERS) });
}
