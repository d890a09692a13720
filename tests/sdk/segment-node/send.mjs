// Makes the calls that standard input asks for with Segment's Node.js SDK; prints what the SDK said of them.
//
// In: {"address", "key", "flushAt", "groups": [[[method, parameters], …], …]}; each group is flushed before the next.
// Out: {"sent": [message id, …] in the order of the calls, "delivered": [message id, …], "errors": [text, …],
// "statuses": [HTTP status, …]}.

import { readFileSync, writeSync } from 'node:fs'
import { Analytics } from '@segment/analytics-node'

const order = JSON.parse(readFileSync(0, 'utf8'))
const said = { sent: [], delivered: [], errors: [], statuses: [] }

const analytics = new Analytics({
  writeKey: order.key,
  host: order.address,
  flushAt: order.flushAt,
  flushInterval: 1000,
})
analytics.on('error', (error) => said.errors.push(String(error.reason?.message ?? error.code)))
analytics.on('http_response', (response) => said.statuses.push(response.status))

let calls = 0
for (const group of order.groups) {
  for (const [method, parameters] of group) {
    const place = calls++
    analytics[method](parameters, (error, context) => {
      said.sent[place] = context.event.messageId
      if (!error) said.delivered.push(context.event.messageId)
    })
  }
  await analytics.flush()
}
await analytics.closeAndFlush({ timeout: 30000 })
writeSync(1, JSON.stringify(said))
