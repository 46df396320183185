//go:build !unix

package store

import "io/fs"

// inherit leaves a file the rights of its folder, as the system does.
func inherit(string, fs.FileInfo) error { return nil }
