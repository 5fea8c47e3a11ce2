package io.snowball.launcher.bench;

/** Of the base that segmentation is measured on. */
public record SegmentationSize(long customers, long orders, long events) {}
