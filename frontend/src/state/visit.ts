/** What this visitor has chosen; it outlives a reload and belongs to the workspace. */

import { workspace } from '../api/workspace'
import { createStore } from './store'

export interface Visit {
  followed: number[]
  nClusters: number | 'auto'
  features: string[]
  like: string
  refit: boolean
  remarks: string[]
}

export const MOST_FOLLOWED = 3
const NONE: Visit = {
  followed: [],
  nClusters: 3,
  features: [],
  like: '',
  refit: false,
  remarks: [],
}
const place = () => `segmentation.visit.${workspace()}`

export const visit = createStore<Visit>(restore())
visit.subscribe(() => localStorage.setItem(place(), JSON.stringify(visit.get())))

/** Change some of the choices. */
export function choose(changes: Partial<Visit>): void {
  visit.set({ ...visit.get(), ...changes })
}

/** Follow a customer, or no longer; one more than three replaces the one chosen first. */
export function toggleFollowed(id: number): void {
  const { followed } = visit.get()
  const others = followed.filter((other) => other !== id)
  choose({
    followed: others.length < followed.length ? others : [...others, id].slice(-MOST_FOLLOWED),
  })
}

/** Forget all choices: new customers have other ids and columns. */
export function forgetChoices(): void {
  visit.set(NONE)
}

function restore(): Visit {
  try {
    return { ...NONE, ...JSON.parse(localStorage.getItem(place()) ?? '{}') }
  } catch {
    return NONE
  }
}
