/**
 * Which ids are one person, as customer-service tells it. Whoever writes or looks up something of a customer asks here first:
 * an old id may come for years, in the links of old messages.
 */
@NullMarked
package io.snowball.consent.person;

import org.jspecify.annotations.NullMarked;
