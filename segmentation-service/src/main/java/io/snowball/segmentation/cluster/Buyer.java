package io.snowball.segmentation.cluster;

/**
 * What groups are made of.
 *
 * @param revenue in kopecks
 * @param averageBill in kopecks
 */
public record Buyer(long daysSinceLastOrder, int orders, long revenue, long averageBill) {}
