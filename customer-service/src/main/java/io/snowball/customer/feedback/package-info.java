/**
 * What customers say of the company: NPS, CSAT, CES and CLI. Invariants: an answer belongs to the exact wording that was shown; it is
 * known by the sender's id, so telling it again changes nothing, and told differently it is the later word that counts; a comment
 * may be personal, so it stays in this service and is shown only to roles that see personal data. Figures carry how many they are
 * from, and an interval whose method has a name.
 */
@NullMarked
package io.snowball.customer.feedback;

import org.jspecify.annotations.NullMarked;
