package main

import (
	"reflect"
	"testing"
)

func TestEveryScreenHasWhatItNeeds(t *testing.T) {
	deps := reflect.ValueOf(depsOf(&desk{}))
	for i := range deps.NumField() {
		if deps.Field(i).IsNil() {
			t.Errorf("no screen can use %s: it is not given", deps.Type().Field(i).Name)
		}
	}
}
