/**
 * Campaigns: one template to one segment over one channel, with a control group that gets nothing. Owns the campaign's life
 * (DRAFT, PLANNING, RUNNING, PAUSED, COMPLETED, CANCELLED) and the estimate before a launch.
 * Invariants: only a DRAFT can be changed; a launch happens once and pins the template's version; who is in the control group
 * is a function of campaign and customer, the same however often it is asked. May not: send anything; {@code message} does.
 */
@NullMarked
package io.snowball.campaign.campaign;

import org.jspecify.annotations.NullMarked;
