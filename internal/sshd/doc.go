// Package sshd is the SSH door of the program: who enters, how many, for how
// long, and one program or one command for each channel.
//
// It owns keys, limits and what a hostile or broken client may do to the others.
// It knows neither the screens nor the commands nor the database: the caller
// hands them over as functions. Nothing is ever put in the connection's context,
// which several channels share. Only cmd imports it.
package sshd
