/** The e-mail: what it says about a product, and whether it can be sent. */

import type { Product } from '../api/types'
import { texts } from '../texts'

export interface Message {
  name: string
  email: string
  subject: string
  message: string
}

const ABOUT_READERS = /^they\b/ // the others are about shares of the cluster, for the bank itself
const ADDRESS = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/

/** Return a subject line. */
export const subjectFor = (product: Product) => texts.email.defaultSubject(product.product_name)

/** Return a letter about the product, with the reasons that speak of its readers. */
export function messageFor(product: Product, reasons: string[]): string {
  const { hello, offer, why, bye } = texts.email
  const type = (product.product_type ?? '').toLowerCase()
  const theirs = reasons.filter((reason) => ABOUT_READERS.test(reason))
  const because = theirs.map((reason) => `- ${reason.replace(ABOUT_READERS, texts.email.likeYou)}`)
  return [
    hello,
    '',
    offer(product.product_name, type),
    ...(product.benefits ? [product.benefits] : []),
    ...(because.length ? ['', why, ...because] : []),
    '',
    bye,
  ].join('\n')
}

/** Return what is wrong, by field; nothing when the message can be sent. */
export function problemsOf(message: Message): Partial<Message> {
  const problems: Partial<Message> = {}
  for (const field of ['name', 'email', 'subject', 'message'] as const) {
    if (!message[field].trim()) problems[field] = texts.email.required(texts.email[field])
  }
  if (!problems.email && !ADDRESS.test(message.email.trim())) problems.email = texts.email.badEmail
  return problems
}

/** Return the address that opens the message as a draft in the visitor's own mail program. */
export function draftAddress({ email, subject, message }: Message): string {
  const encode = encodeURIComponent
  return `mailto:${encode(email.trim()).replace('%40', '@')}?subject=${encode(subject)}&body=${encode(message.replaceAll('\n', '\r\n'))}`
}
