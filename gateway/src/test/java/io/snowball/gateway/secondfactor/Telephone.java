package io.snowball.gateway.secondfactor;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.gateway.Door.Person;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;

/** An app that shows codes, as it reads the secret. */
final class Telephone {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final byte[] secret;

    Telephone(String base32) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (int place = 0; place < base32.length(); place++) {
            char c = base32.charAt(place);
            buffer = (buffer << 5) | BASE32.indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(buffer >> bits);
            }
        }
        secret = bytes.toByteArray();
    }

    static Response begin(Person person, String password) {
        return person.own()
                .contentType(ContentType.JSON)
                .body(new JsonObject().put("password", password).encode())
                .post("/api/v1/second-factor");
    }

    static Telephone of(Person person, String password) {
        return of(begin(person, password));
    }

    static Telephone of(Response begun) {
        return new Telephone(begun.then().statusCode(201).extract().path("secret"));
    }

    /** @param what to replace */
    static Response prove(Person person, String what, String password, String code) {
        return person.own()
                .contentType(ContentType.JSON)
                .body(new JsonObject()
                        .put("password", password)
                        .put("code", code)
                        .encode())
                .post("/api/v1/second-factor/{what}", what);
    }

    Response confirm(Person person, Instant now) {
        return confirm(person, code(now));
    }

    static Response confirm(Person person, String code) {
        return person.own()
                .contentType(ContentType.JSON)
                .body(new JsonObject().put("code", code).encode())
                .post("/api/v1/second-factor/confirmations");
    }

    List<String> confirmed(Person person, Instant now) {
        return confirm(person, now).then().statusCode(201).extract().path("recoveryCodes");
    }

    String code(Instant now) {
        return Totp.code(secret, Totp.step(now), Totp.DIGITS);
    }

    /** One that is wrong now and a step before and after. */
    String wrongCode(Instant now) {
        List<String> right =
                List.of(code(now.minusSeconds(30)), code(now), code(now.plusSeconds(30)), code(now.plusSeconds(60)));
        return List.of("000000", "111111", "222222", "333333", "444444").stream()
                .filter(code -> !right.contains(code))
                .findFirst()
                .orElseThrow();
    }

    boolean isSecretIn(byte[] stored) {
        return new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1)
                .contains(new String(secret, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
