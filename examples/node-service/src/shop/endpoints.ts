/** What the shop answers to, without any of the code that does it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** As in `http.route`; `:name` stands for one segment. */
  readonly route: string;
  /** The function that most of the endpoint's CPU time goes into, as a flame graph names it. */
  readonly hotFunction: string;
  /** The span that this function runs in, where it is not the request's own span. */
  readonly hotSpan?: string;
}

/**
 * Every endpoint is slow in its own way, in functions that no other endpoint calls. That is what
 * makes the shop a yardstick: a flame graph that shows another endpoint's function is wrong.
 */
export const ENDPOINTS = {
  signIn: { method: 'POST', route: '/sign-in', hotFunction: 'hashBlock' },
  search: { method: 'GET', route: '/search', hotFunction: 'rankProducts' },
  product: { method: 'GET', route: '/products/:id', hotFunction: 'renderProductPage' },
  cart: { method: 'GET', route: '/carts/:id', hotFunction: 'serializeCart' },
  coupon: { method: 'POST', route: '/coupons', hotFunction: 'matchCoupon' },
  recommendations: {
    method: 'GET',
    route: '/customers/:id/recommendations',
    hotFunction: 'scoreNeighbours',
  },
  checkout: {
    method: 'POST',
    route: '/checkout',
    hotFunction: 'packParcels',
    hotSpan: 'pack parcels',
  },
  payment: { method: 'POST', route: '/payments', hotFunction: 'signReceipt' },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
