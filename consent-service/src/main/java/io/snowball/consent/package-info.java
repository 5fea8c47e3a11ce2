/**
 * What we may do with people's data and prove it: texts, the ledger of consents, decisions, unsubscribe pages (152-FZ, 38-FZ).
 */
@NullMarked
package io.snowball.consent;

import org.jspecify.annotations.NullMarked;
