/** E-mail leaves by EmailJS where its three settings are there, else by the visitor's mail program. */

import { draftAddress, type Message } from '../state/message'
import { texts } from '../texts'

const EMAILJS = 'https://api.emailjs.com/api/v1.0/email/send'
const {
  VITE_EMAILJS_SERVICE_ID: service_id,
  VITE_EMAILJS_TEMPLATE_ID: template_id,
  VITE_EMAILJS_PUBLIC_KEY: user_id,
} = import.meta.env

/** Tell whether messages are sent at once. */
export const isDirect = () => Boolean(service_id && template_id && user_id)

/** Send a message, or open it as a draft. */
export async function send(message: Message): Promise<void> {
  if (!isDirect()) {
    location.href = draftAddress(message)
    return
  }
  const response = await fetch(EMAILJS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ service_id, template_id, user_id, template_params: message }),
  }).catch(() => null)
  if (!response?.ok) throw new Error(texts.email.failed)
}
