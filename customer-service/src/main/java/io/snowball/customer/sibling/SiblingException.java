package io.snowball.customer.sibling;

/** A sibling did not answer, or not as its contract says. Names the sibling and what happened, never what was asked. */
public final class SiblingException extends RuntimeException {
    private final String sibling;

    SiblingException(String sibling, String what) {
        super(sibling + "-service " + what);
        this.sibling = sibling;
    }

    static SiblingException of(String sibling, Throwable failure) {
        if (failure instanceof SiblingException known) {
            return known;
        }
        if (failure instanceof jakarta.ws.rs.WebApplicationException answer) {
            return new SiblingException(
                    sibling, "answered " + answer.getResponse().getStatus());
        }
        return new SiblingException(sibling, "does not answer");
    }

    public String sibling() {
        return sibling;
    }
}
