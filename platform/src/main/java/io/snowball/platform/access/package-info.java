/**
 * Who saw or changed whose personal data, and why (152-FZ art. 19, requirement r30). Endpoints say by {@link Accesses} that they hand
 * out or change such data; what happened is written before the answer leaves, here in the service, and a relay brings it to
 * consent-service, which keeps it for three years. Ids and counts only: no name, address, number, or text that was searched for.
 */
@NullMarked
package io.snowball.platform.access;

import org.jspecify.annotations.NullMarked;
