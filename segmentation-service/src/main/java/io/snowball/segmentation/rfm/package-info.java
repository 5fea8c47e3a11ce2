/**
 * The RFM grid: recency, frequency and money in eleven named cells. Every customer who ever bought is in exactly one of them.
 * Which one is a pure function of the customer's metrics, the settings and the time, written once, in {@code RfmCase}: the
 * report, the customer's card and the rule compiler all use that expression. Days are whole elapsed days of 24 hours.
 */
@NullMarked
package io.snowball.segmentation.rfm;

import org.jspecify.annotations.NullMarked;
