/** How a product may be shown to a person. */
import { Type } from 'typebox';
import { ImageAsset } from './image-asset.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

export const ProductCard = Type.Object({
  image: Type.Optional(ImageAsset),
  title: text(60),
  description: text(200),
  price_label: text(30),
  cta_label: text(25),
});

export const ProductCardDetailed = Type.Object({
  hero_image: Type.Optional(ImageAsset),
  carousel_images: Type.Optional(Type.Array(ImageAsset)),
  title: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  specifications: Type.Optional(Type.Array(Type.Object({
    label: Type.String({ maxLength: 60 }), value: Type.String({ maxLength: 200 }),
  }))),
  price_label: Type.Optional(Type.String()),
  cta_label: Type.Optional(Type.String()),
});
