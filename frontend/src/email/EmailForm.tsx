import { type FormEvent, useState } from 'react'

import type { Product } from '../api/types'
import { ErrorNotice } from '../parts/Notice'
import { navigate } from '../router'
import { useOnce } from '../state/once'
import { type Message, messageFor, problemsOf, subjectFor } from '../state/message'
import { texts } from '../texts'
import { isDirect, send } from './send'

const FIELDS = ['name', 'email', 'subject', 'message'] as const

/** The form, filled in from the product and the reasons; all of it can be changed. */
export function EmailForm({ product, reasons }: { product: Product; reasons: string[] }) {
  const [message, setMessage] = useState<Message>({
    name: '',
    email: '',
    subject: subjectFor(product),
    message: messageFor(product, reasons),
  })
  const [tried, setTried] = useState(false)
  const [sending, error, running] = useOnce()
  const problems = tried ? problemsOf(message) : {}
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    const wrong = FIELDS.find((field) => problemsOf(message)[field])
    if (wrong) {
      event.currentTarget.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus()
      return
    }
    if (await sending(() => send(message)))
      navigate('/Final', { sent: isDirect() ? 'mail' : 'draft' })
  }
  return (
    <form className="card email" noValidate onSubmit={submit}>
      {FIELDS.map((field) => (
        <Field
          key={field}
          field={field}
          value={message[field]}
          problem={problems[field]}
          change={(value) => setMessage({ ...message, [field]: value })}
        />
      ))}
      <button className="primary" aria-disabled={running}>
        {texts.email.send}
      </button>
      <small>{isDirect() ? texts.email.direct : texts.email.draft}</small>
      <ErrorNotice error={error} />
    </form>
  )
}

interface FieldProps {
  field: (typeof FIELDS)[number]
  value: string
  problem: string | undefined
  change: (value: string) => void
}

function Field({ field, value, problem, change }: FieldProps) {
  const shared = {
    id: field,
    name: field,
    value,
    required: true,
    'aria-invalid': Boolean(problem),
    'aria-describedby': problem ? `${field}-problem` : undefined,
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  }
  return (
    <div className="field">
      <label htmlFor={field}>{texts.email[field]}</label>
      {field === 'message' ? (
        <textarea rows={12} {...shared} />
      ) : (
        <input type={field === 'email' ? 'email' : 'text'} autoComplete="off" {...shared} />
      )}
      {problem && (
        <small id={`${field}-problem`} className="wrong" role="alert">
          {problem}
        </small>
      )}
    </div>
  )
}
