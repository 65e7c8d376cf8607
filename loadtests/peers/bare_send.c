/* The floor of a fan-out, in C: the same ready bytes on every socket, one send a socket and nothing else. */

#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

/* Answers how many sockets took the whole frame. */
long send_to_all(const int *sockets, long count, const char *frame, size_t size)
{
    long whole = 0;
    for (long n = 0; n < count; n++)
        whole += send(sockets[n], frame, size, MSG_NOSIGNAL) == (ssize_t)size;
    return whole;
}
