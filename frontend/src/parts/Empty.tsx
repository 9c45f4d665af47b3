import { Link, type Path } from '../router'

interface EmptyProps {
  title: string
  hint: string
  to: Path
  action: string
}

/** Nothing is here: why that may be, and where to go. */
export function Empty({ title, hint, to, action }: EmptyProps) {
  return (
    <div className="card empty" role="status">
      <strong>{title}</strong>
      <p>{hint}</p>
      <Link to={to} className="button">
        {action}
      </Link>
    </div>
  )
}
