package io.snowball.consent.paper;

/** @param sha256 of the PDF, in hexadecimal */
public record Printed(String title, byte[] pdf, String html, String sha256) {}
