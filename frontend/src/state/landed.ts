/** Which of the service's newer parts the page uses. */

export const landed = {
  segmentations: false,
  trial: false,
  preview: false,
  report: false,
  recipients: false,
}
