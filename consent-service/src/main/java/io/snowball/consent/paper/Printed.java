package io.snowball.consent.paper;

import io.vertx.core.buffer.Buffer;

/** @param sha256 of the PDF, in hexadecimal */
public record Printed(String title, Buffer pdf, String html, String sha256) {}
