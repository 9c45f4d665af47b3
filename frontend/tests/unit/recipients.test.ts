import { expect, test } from 'vitest'

import { stubService } from './service'

const offer = {
  product_id: 7,
  product_name: 'Loan_7',
  product_type: 'Loan',
  fit: '0.700',
  reasons: ['cheap, "fair"'],
}
const customer = (id: number, changes = {}) => ({
  customer_id: id,
  reference: null,
  cluster: 0,
  control: false,
  reason: null,
  offers: [offer],
  ...changes,
})

test('the control group, other clusters and other products are left out', async () => {
  const customers = [
    customer(1, { reference: '=1+1' }),
    customer(2, { control: true }),
    customer(3, { cluster: 1 }),
    customer(4, { offers: [] }),
  ]
  const sent = stubService({ '/getOffersByCustomer': [{ body: customers }] })
  const { collect, recipientsCsv } = await import('../../src/state/recipients')
  const found = await collect(0, 7)
  expect(found.rows.map(({ customer_id }) => customer_id)).toEqual([1])
  expect(found.control).toBe(1)
  expect(sent[0]?.path).toBe('/getOffersByCustomer?limit=5000&after=0&control=0.1')
  expect(recipientsCsv(found, 7)).toBe(
    'customer_id,reference,fit,reasons\r\n1,\'=1+1,0.700,"cheap, ""fair"""\r\n',
  )
})

test('everybody is read, page by page', async () => {
  const whole = Array.from({ length: 5000 }, (_, place) => customer(place + 1))
  const sent = stubService({
    '/getOffersByCustomer': [{ body: whole }, { body: [customer(6000)] }],
  })
  const { collect } = await import('../../src/state/recipients')
  expect((await collect(0, 7)).rows).toHaveLength(5001)
  expect(sent[1]?.path).toContain('after=5000')
})
