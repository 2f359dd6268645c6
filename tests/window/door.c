/* Lets the window's driver into a program that does not let anybody in.
 *
 * WebKit's driver and the program that it drives talk over TCP on this computer, and only about windows that keep their
 * storage on the disk. The program may open no such socket and keeps nothing, and that is part of what is tested. So
 * the way in is made from outside: loaded into both by LD_PRELOAD, this puts a UNIX socket in the folder DRIVER_DOOR in
 * place of that one connection, and shows the one window to the driver. Nothing else of the program is changed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* ---- the connection */

static char *path_of(unsigned port)
{
    return g_strdup_printf("%s/%u", g_getenv("DRIVER_DOOR"), port);
}

/* A socket at a path where nothing lies yet. */
static GSocket *bind_at(const char *path, GError **error)
{
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
    if (!socket || !g_socket_bind(socket, address, TRUE, error))
        return NULL;
    return g_steal_pointer(&socket);
}

/* The program waits for the driver. */
gboolean g_socket_listener_add_address(GSocketListener *listener, GSocketAddress *address, GSocketType type,
                                       GSocketProtocol protocol, GObject *source, GSocketAddress **effective,
                                       GError **error)
{
    (void)type, (void)protocol;
    g_autofree char *path = path_of(g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address)));
    /* It is made aside and put in its place whole, so that neither can take the other's away. */
    g_autofree char *aside = g_strdup_printf("%s.%d", path, (int)getpid());
    g_autoptr(GSocket) socket = bind_at(aside, error);
    if (!socket || !g_socket_listen(socket, error))
        return FALSE;
    if (g_rename(aside, path) != 0) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, "the door cannot be put in its place");
        return FALSE;
    }
    if (effective)
        *effective = g_object_ref(address);
    return g_socket_listener_add_socket(listener, socket, source, error);
}

/* The driver, and then each process of the program, connects to that. What takes the outcome need not be replaced:
 * GLib makes the one call from the other. */
void g_socket_client_connect_to_host_async(GSocketClient *client, const gchar *host, guint16 port,
                                           GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    g_autoptr(GSocketConnectable) wanted = g_network_address_parse(host, port, NULL);
    g_autofree char *path = path_of(wanted ? g_network_address_get_port(G_NETWORK_ADDRESS(wanted)) : port);
    /* A door that nobody stands behind yet refuses, and then the driver tries again; where one is there, this fails. */
    g_autoptr(GSocket) nobody = bind_at(path, NULL);
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    g_socket_client_connect_async(client, G_SOCKET_CONNECTABLE(address), cancellable, done, data);
}

/* ---- the window */

static GObject *window;

static GObject *show_window(void)
{
    return g_object_ref(window);
}

static void on_driver(GObject *context, GObject *session)
{
    (void)context;
    g_signal_connect(session, "create-web-view", G_CALLBACK(show_window), NULL);
}

/* Only one context may be driven: the one that keeps nothing, since the window is in that one. */
void webkit_web_context_set_automation_allowed(GObject *context, gboolean allowed)
{
    (void)allowed;
    gboolean (*is_ephemeral)(GObject *) = dlsym(RTLD_NEXT, "webkit_web_context_is_ephemeral");
    void (*allow)(GObject *, gboolean) = dlsym(RTLD_NEXT, "webkit_web_context_set_automation_allowed");
    if (is_ephemeral(context)) {
        allow(context, TRUE);
        g_signal_connect(context, "automation-started", G_CALLBACK(on_driver), NULL);
    }
}

/* Whether a window may be driven can be said only while it is made. */
GObject *g_object_new_with_properties(GType type, guint count, const char *names[], const GValue values[])
{
    GObject *(*make)(GType, guint, const char *[], const GValue[]) = dlsym(RTLD_NEXT, "g_object_new_with_properties");
    GType windows = g_type_from_name("WebKitWebView");
    if (!windows || !g_type_is_a(type, windows))
        return make(type, count, names, values);
    for (guint i = 0; i < count; i++) {
        if (g_strcmp0(names[i], "is-controlled-by-automation") == 0)
            g_value_set_boolean((GValue *)&values[i], TRUE);
    }
    return window = make(type, count, names, values);
}
