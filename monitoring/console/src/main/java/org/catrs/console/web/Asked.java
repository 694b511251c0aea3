// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** A request, as far as the console looks at it. */
public final class Asked {
    private final Request request;
    private final byte[] body;

    Asked(Request request, byte[] body) {
        this.request = request;
        this.body = body;
    }

    /** The path, decoded. */
    public String path() {
        return Request.getPathInContext(request);
    }

    /**
     * A parameter of the query.
     *
     * @throws Refusal when the query is none
     */
    public Optional<String> parameter(String name) {
        try {
            return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name));
        } catch (RuntimeException e) {
            throw new Refusal(400, "the query is not well-formed");
        }
    }

    /** A header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** The body of a POST; empty for other methods. */
    public byte[] body() {
        return body;
    }

    /** Whether it comes from this machine. */
    public boolean isFromLoopback() {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress();
    }

    /**
     * Whether it was made by a page of this server, or by no page at all. Pages of others can make a browser send requests
     * to this machine, too.
     */
    public boolean isFromOwnPage() {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String site = request.getHeaders().get("Sec-Fetch-Site");
        String host = request.getHeaders().get(HttpHeader.HOST);
        return (origin == null || origin.equals("http://" + host) || origin.equals("https://" + host))
                && (site == null || site.equals("same-origin") || site.equals("none"));
    }

    /**
     * Whether it names this machine as one does who sits at it. A page of others can give its own name the address of this
     * machine, and then passes for one of ours.
     */
    public boolean namesLoopback() {
        String name = Request.getServerName(request);
        return name == null || name.equalsIgnoreCase("localhost") || isLoopbackLiteral(name);
    }

    private static boolean isLoopbackLiteral(String name) {
        String bare = name.replaceAll("^\\[|\\]$", "");
        // Neither can be a name that DNS, or a neighbour, is asked for, as "cafe" would be.
        if (!bare.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F]*:[0-9a-fA-F:]*")) {
            return false;
        }
        try {
            return InetAddress.getByName(bare).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
