;; The sums the network of threats spends its time on, four numbers at a time. Addresses and steps are in bytes.
;; Made into matrix-code.ts by tools/triage/assemble.ts; matrix.ts calls them and says what they mean.
(module
  (import "room" "memory" (memory 1))
  ;; c[i,j] += a[i,k] * b[k,j]; n is a multiple of 8.
  (func (export "add")
    (param $a i32) (param $aRow i32) (param $aCol i32) (param $b i32) (param $bRow i32) (param $c i32) (param $cRow i32) (param $m i32) (param $k i32) (param $n i32)
    (local $j i32) (local $t i32) (local $p0 i32) (local $p1 i32) (local $p2 i32) (local $p3 i32) (local $q i32) (local $r0 i32) (local $r1 i32) (local $r2 i32) (local $r3 i32)
    (local $s00 v128) (local $s01 v128) (local $s10 v128) (local $s11 v128) (local $s20 v128) (local $s21 v128) (local $s30 v128) (local $s31 v128)
    (local $b0 v128) (local $b1 v128) (local $x v128)
    (if (i32.eqz (local.get $k)) (then (return)))
    ;; Four rows of c at once, while there are four.
    (block $fewer
      (loop $rows
        (br_if $fewer (i32.lt_s (local.get $m) (i32.const 4)))
        (local.set $j (i32.const 0))
        (loop $columns
          (local.set $p0 (local.get $a))
          (local.set $p1 (i32.add (local.get $p0) (local.get $aRow)))
          (local.set $p2 (i32.add (local.get $p1) (local.get $aRow)))
          (local.set $p3 (i32.add (local.get $p2) (local.get $aRow)))
          (local.set $q (i32.add (local.get $b) (i32.shl (local.get $j) (i32.const 2))))
          (local.set $r0 (i32.add (local.get $c) (i32.shl (local.get $j) (i32.const 2))))
          (local.set $r1 (i32.add (local.get $r0) (local.get $cRow)))
          (local.set $r2 (i32.add (local.get $r1) (local.get $cRow)))
          (local.set $r3 (i32.add (local.get $r2) (local.get $cRow)))
          (local.set $s00 (v128.load (local.get $r0)))
          (local.set $s01 (v128.load offset=16 (local.get $r0)))
          (local.set $s10 (v128.load (local.get $r1)))
          (local.set $s11 (v128.load offset=16 (local.get $r1)))
          (local.set $s20 (v128.load (local.get $r2)))
          (local.set $s21 (v128.load offset=16 (local.get $r2)))
          (local.set $s30 (v128.load (local.get $r3)))
          (local.set $s31 (v128.load offset=16 (local.get $r3)))
          (local.set $t (local.get $k))
          (loop $terms
            (local.set $b0 (v128.load (local.get $q)))
            (local.set $b1 (v128.load offset=16 (local.get $q)))
            (local.set $x (v128.load32_splat (local.get $p0)))
            (local.set $s00 (f32x4.add (local.get $s00) (f32x4.mul (local.get $x) (local.get $b0))))
            (local.set $s01 (f32x4.add (local.get $s01) (f32x4.mul (local.get $x) (local.get $b1))))
            (local.set $x (v128.load32_splat (local.get $p1)))
            (local.set $s10 (f32x4.add (local.get $s10) (f32x4.mul (local.get $x) (local.get $b0))))
            (local.set $s11 (f32x4.add (local.get $s11) (f32x4.mul (local.get $x) (local.get $b1))))
            (local.set $x (v128.load32_splat (local.get $p2)))
            (local.set $s20 (f32x4.add (local.get $s20) (f32x4.mul (local.get $x) (local.get $b0))))
            (local.set $s21 (f32x4.add (local.get $s21) (f32x4.mul (local.get $x) (local.get $b1))))
            (local.set $x (v128.load32_splat (local.get $p3)))
            (local.set $s30 (f32x4.add (local.get $s30) (f32x4.mul (local.get $x) (local.get $b0))))
            (local.set $s31 (f32x4.add (local.get $s31) (f32x4.mul (local.get $x) (local.get $b1))))
            (local.set $p0 (i32.add (local.get $p0) (local.get $aCol)))
            (local.set $p1 (i32.add (local.get $p1) (local.get $aCol)))
            (local.set $p2 (i32.add (local.get $p2) (local.get $aCol)))
            (local.set $p3 (i32.add (local.get $p3) (local.get $aCol)))
            (local.set $q (i32.add (local.get $q) (local.get $bRow)))
            (br_if $terms (local.tee $t (i32.sub (local.get $t) (i32.const 1)))))
          (v128.store (local.get $r0) (local.get $s00))
          (v128.store offset=16 (local.get $r0) (local.get $s01))
          (v128.store (local.get $r1) (local.get $s10))
          (v128.store offset=16 (local.get $r1) (local.get $s11))
          (v128.store (local.get $r2) (local.get $s20))
          (v128.store offset=16 (local.get $r2) (local.get $s21))
          (v128.store (local.get $r3) (local.get $s30))
          (v128.store offset=16 (local.get $r3) (local.get $s31))
          (br_if $columns (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 8))) (local.get $n))))
        (local.set $a (i32.add (local.get $a) (i32.shl (local.get $aRow) (i32.const 2))))
        (local.set $c (i32.add (local.get $c) (i32.shl (local.get $cRow) (i32.const 2))))
        (local.set $m (i32.sub (local.get $m) (i32.const 4)))
        (br $rows)))
    ;; The rows that are left, one by one.
    (block $done
      (loop $rows
        (br_if $done (i32.lt_s (local.get $m) (i32.const 1)))
        (local.set $j (i32.const 0))
        (loop $columns
          (local.set $p0 (local.get $a))
          (local.set $q (i32.add (local.get $b) (i32.shl (local.get $j) (i32.const 2))))
          (local.set $r0 (i32.add (local.get $c) (i32.shl (local.get $j) (i32.const 2))))
          (local.set $s00 (v128.load (local.get $r0)))
          (local.set $s01 (v128.load offset=16 (local.get $r0)))
          (local.set $t (local.get $k))
          (loop $terms
            (local.set $x (v128.load32_splat (local.get $p0)))
            (local.set $s00 (f32x4.add (local.get $s00) (f32x4.mul (local.get $x) (v128.load (local.get $q)))))
            (local.set $s01 (f32x4.add (local.get $s01) (f32x4.mul (local.get $x) (v128.load offset=16 (local.get $q)))))
            (local.set $p0 (i32.add (local.get $p0) (local.get $aCol)))
            (local.set $q (i32.add (local.get $q) (local.get $bRow)))
            (br_if $terms (local.tee $t (i32.sub (local.get $t) (i32.const 1)))))
          (v128.store (local.get $r0) (local.get $s00))
          (v128.store offset=16 (local.get $r0) (local.get $s01))
          (br_if $columns (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 8))) (local.get $n))))
        (local.set $a (i32.add (local.get $a) (local.get $aRow)))
        (local.set $c (i32.add (local.get $c) (local.get $cRow)))
        (local.set $m (i32.sub (local.get $m) (i32.const 1)))
        (br $rows))))
  ;; out[i] = own[i] + u * gate(g), where u and g are what the words around i bring along; width is in bytes, a multiple of 16.
  (func (export "look")
    (param $places i32) (param $words i32) (param $bias i32) (param $out i32) (param $seen i32) (param $width i32)
    (local $i i32) (local $j i32) (local $t i32) (local $to i32) (local $p i32) (local $reach i32) (local $own i32)
    (local $u v128) (local $g v128) (local $one v128) (local $half v128)
    (local.set $one (f32x4.splat (f32.const 1)))
    (local.set $half (f32x4.splat (f32.const 0.5)))
    (local.set $reach (i32.shr_u (local.get $seen) (i32.const 1)))
    (block $done
      (loop $each
        (br_if $done (i32.ge_s (local.get $i) (local.get $words)))
        (local.set $own (i32.load (i32.add (local.get $places) (i32.shl (local.get $i) (i32.const 2)))))
        (local.set $j (i32.const 0))
        (loop $numbers
          (local.set $u (v128.load (i32.add (local.get $bias) (local.get $j))))
          (local.set $g (v128.load (i32.add (i32.add (local.get $bias) (local.get $width)) (local.get $j))))
          ;; From the first neighbour there is to the last.
          (local.set $t (i32.sub (local.get $reach) (local.get $i)))
          (if (i32.lt_s (local.get $t) (i32.const 0)) (then (local.set $t (i32.const 0))))
          (local.set $to (i32.add (i32.sub (local.get $words) (local.get $i)) (local.get $reach)))
          (if (i32.gt_s (local.get $to) (local.get $seen)) (then (local.set $to (local.get $seen))))
          (loop $neighbours
            (local.set $p
              (i32.add
                (i32.add
                  (i32.load
                    (i32.add
                      (local.get $places)
                      (i32.shl (i32.sub (i32.add (local.get $i) (local.get $t)) (local.get $reach)) (i32.const 2))))
                  (local.get $j))
                (i32.mul (local.get $width) (i32.add (i32.shl (local.get $t) (i32.const 1)) (i32.const 1)))))
            (local.set $u (f32x4.add (local.get $u) (v128.load (local.get $p))))
            (local.set $g (f32x4.add (local.get $g) (v128.load (i32.add (local.get $p) (local.get $width)))))
            (br_if $neighbours (i32.lt_s (local.tee $t (i32.add (local.get $t) (i32.const 1))) (local.get $to))))
          (v128.store
            (i32.add (local.get $out) (local.get $j))
            (f32x4.add
              (v128.load (i32.add (local.get $own) (local.get $j)))
              (f32x4.mul
                (local.get $u)
                (f32x4.add
                  (local.get $half)
                  (f32x4.mul
                    (local.get $half)
                    (f32x4.div (local.get $g) (f32x4.add (local.get $one) (f32x4.abs (local.get $g)))))))))
          (br_if $numbers (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 16))) (local.get $width))))
        (local.set $out (i32.add (local.get $out) (local.get $width)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $each))))
  ;; out[j] += scale * the sum of the rows of whole numbers that the list names; width is how many numbers, a multiple of 8. Up to 250 rows fit the sum.
  (func (export "sum")
    (param $list i32) (param $count i32) (param $table i32) (param $out i32) (param $width i32) (param $scale f32)
    (local $j i32) (local $t i32) (local $all v128) (local $by v128)
    (local.set $by (f32x4.splat (local.get $scale)))
    (loop $numbers
      (local.set $all (v128.const i32x4 0 0 0 0))
      (local.set $t (i32.const 0))
      (block $done
        (loop $rows
          (br_if $done (i32.ge_s (local.get $t) (local.get $count)))
          (local.set $all
            (i16x8.add
              (local.get $all)
              (i16x8.extend_low_i8x16_s
                (v128.load64_zero
                  (i32.add
                    (i32.add (local.get $table) (local.get $j))
                    (i32.mul (local.get $width) (i32.load (i32.add (local.get $list) (i32.shl (local.get $t) (i32.const 2))))))))))
          (local.set $t (i32.add (local.get $t) (i32.const 1)))
          (br $rows)))
      (v128.store
        (local.get $out)
        (f32x4.add
          (v128.load (local.get $out))
          (f32x4.mul (local.get $by) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $all))))))
      (v128.store offset=16
        (local.get $out)
        (f32x4.add
          (v128.load offset=16 (local.get $out))
          (f32x4.mul (local.get $by) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $all))))))
      (local.set $out (i32.add (local.get $out) (i32.const 32)))
      (br_if $numbers (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 8))) (local.get $width)))))

  ;; out[j] = the most of column j over the rows, of which there is one at least; width is in bytes, a multiple of 16.
  (func (export "most")
    (param $from i32) (param $rows i32) (param $out i32) (param $width i32)
    (local $j i32) (local $t i32) (local $at i32) (local $most v128)
    (loop $numbers
      (local.set $at (i32.add (local.get $from) (local.get $j)))
      (local.set $most (v128.load (local.get $at)))
      (local.set $t (i32.const 1))
      (block $done
        (loop $each
          (br_if $done (i32.ge_s (local.get $t) (local.get $rows)))
          (local.set $at (i32.add (local.get $at) (local.get $width)))
          (local.set $most (f32x4.max (local.get $most) (v128.load (local.get $at))))
          (local.set $t (i32.add (local.get $t) (i32.const 1)))
          (br $each)))
      (v128.store (i32.add (local.get $out) (local.get $j)) (local.get $most))
      (br_if $numbers (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 16))) (local.get $width))))))
